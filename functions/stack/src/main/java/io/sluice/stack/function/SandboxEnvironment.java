package io.sluice.stack.function;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The environment variables of a sandbox: the template's, those that Lambda reserves, and where
 * AWS's services are found here; no others.
 */
record SandboxEnvironment(FunctionDefinition function, Surroundings surroundings) {

  Map<String, String> variables(String runtimeApi, Path taskRoot, String logStream) {
    Map<String, String> all = new HashMap<>();
    all.put("_HANDLER", function.handler());
    all.put("AWS_REGION", surroundings.region());
    all.put("AWS_DEFAULT_REGION", surroundings.region());
    all.put("AWS_LAMBDA_FUNCTION_NAME", function.name());
    all.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", Integer.toString(function.memoryMegabytes()));
    all.put("AWS_LAMBDA_FUNCTION_VERSION", function.snapStart() ? "1" : "$LATEST");
    all.put("AWS_LAMBDA_INITIALIZATION_TYPE", function.snapStart() ? "snap-start" : "on-demand");
    all.put("AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/" + function.name());
    all.put("AWS_LAMBDA_LOG_STREAM_NAME", logStream);
    all.put("AWS_LAMBDA_RUNTIME_API", runtimeApi);
    Credentials credentials = Credentials.of(function);
    all.put("AWS_ACCESS_KEY_ID", credentials.accessKeyId());
    all.put("AWS_SECRET_ACCESS_KEY", credentials.secretAccessKey());
    all.put("AWS_SESSION_TOKEN", credentials.sessionToken());
    all.put("LAMBDA_TASK_ROOT", taskRoot.toString());
    all.put("LAMBDA_RUNTIME_DIR", "/var/runtime");
    all.put("LANG", "en_US.UTF-8");
    all.put("TZ", ":UTC");
    all.put("PATH", "/usr/local/bin:/usr/bin/:/bin:/opt/bin");
    if (function.managed()) {
      all.put("AWS_EXECUTION_ENV", "AWS_Lambda_" + function.runtime());
    }
    all.putAll(surroundings.endpoints());
    all.putAll(function.environment());
    return all;
  }
}
