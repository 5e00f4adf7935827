package io.sluice.doctor.report;

/**
 * What can be wrong. The codes are stable: scripts and runbooks may key on them. Each has a section
 * in {@code docs/errors.md}.
 */
public enum Diagnosis {
  URL_MALFORMED(
      "DR-101",
      "The gateway's URL is not one that GitLab can use",
      "Give the URL as it is pasted into GitLab: https://HOST, with a stage's path where there is"
          + " one, and no query."),
  URL_SLASH(
      "DR-102",
      "The gateway's URL ends in a slash",
      "Take the slash off \"Local AI Gateway URL\": GitLab puts its paths behind it as they are."),
  URL_PLAIN(
      "DR-103",
      "The gateway is spoken to without TLS",
      "Serve HTTPS (--tls-cert and --tls-key of scripts/run, or API Gateway's own): source code and"
          + " tokens pass in clear text."),
  NAME_UNKNOWN(
      "DR-110",
      "A host name has no address here",
      "Make the name resolve from GitLab's nodes: private DNS of the execute-api VPC endpoint, the"
          + " Route 53 alias of the endpoint, or a Resolver rule (docs/deploy.md)."),
  NAME_PUBLIC(
      "DR-111",
      "The gateway's name leads to a public address",
      "Switch private DNS on for the execute-api VPC endpoint of GitLab's VPC, or use the"
          + " endpoint's own name (docs/deploy.md)."),
  NAME_LOOPBACK(
      "DR-112",
      "The gateway's name leads to this machine",
      "GitLab refuses to save a loopback address: give the gateway an address that GitLab's nodes"
          + " reach (--host of scripts/run)."),
  NAME_ELSEWHERE(
      "DR-113",
      "The gateway's name does not lead to the stack's VPC endpoint",
      "Make GitLab's nodes ask a resolver that knows the endpoint's private name: associate the"
          + " hosted zone with their VPC, or forward the name (docs/deploy.md)."),
  UNREACHABLE(
      "DR-120",
      "A host takes no connection",
      "Allow TCP on the port: the endpoint's security group from GitLab's addresses, routes between"
          + " the networks, and firewalls between them."),
  TLS_UNTRUSTED(
      "DR-121",
      "A certificate is not certified by an authority that is trusted here",
      "Give the authority's certificate with --ca-bundle here; for GitLab put it into"
          + " /etc/gitlab/trusted-certs, for the functions deploy with scripts/deploy --ca-bundle;"
          + " and let the server send its intermediate certificates."),
  TLS_NAME(
      "DR-122",
      "A certificate is for another name",
      "Use the name that is in the certificate, or have one made for this name."),
  TLS_EXPIRED("DR-123", "A certificate is not valid now", "Renew the certificate."),
  TLS_EXPIRES_SOON(
      "DR-124", "A certificate expires within 21 days", "Renew the certificate in time."),
  TLS_BROKEN(
      "DR-125",
      "No TLS session comes about",
      "See that the port speaks TLS 1.2 or 1.3, and that no proxy is in the way."),
  HEALTH_BAD(
      "DR-130",
      "GET /monitoring/healthz does not answer 200 with a JSON object",
      "See that the URL is the gateway's, its path the stage's, and read the function's or the"
          + " process's log."),
  NOT_READY(
      "DR-131",
      "The gateway is not ready: /monitoring/ready does not answer 200",
      "It has no keys of any GitLab, or never read its rows. See that the authorizer reaches"
          + " GitLab (egress, SLUICE_GITLAB_URLS, the CA bundle) and that the publisher has run."),
  NO_HEAD(
      "DR-132",
      "HEAD of the base URL has no answer within 5 s",
      "GitLab's health check begins with it: see the function's start time and its log."),
  POLICY_DENIES(
      "DR-133",
      "API Gateway's resource policy or the VPC endpoint's policy refuses this network",
      "Add the execute-api VPC endpoint that GitLab uses to the stack's parameters, so that the"
          + " resource policy allows it."),
  WRONG_PATH(
      "DR-134",
      "There is no gateway behind this path",
      "Use the stack's output as it is: host, and the stage's path unless a custom domain maps"
          + " it."),
  OPEN(
      "DR-140",
      "A request without a token is answered",
      "Take the gateway off the network, and find what answers: authentication can't be switched"
          + " off in Sluice."),
  REFUSAL_SHAPE(
      "DR-141",
      "A refused request is not answered with 401 and {\"error\": ...}",
      "GitLab shows that member. On AWS see that the API has the gateway responses of the template"
          + " (ACCESS_DENIED, AUTHORIZER_FAILURE), and the authorizer's log for a failure."),
  NO_REQUEST_ID(
      "DR-142",
      "X-Request-ID does not come back",
      "Something between here and the gateway drops headers: let it pass them, since they join"
          + " GitLab's log with the gateway's."),
  GITLAB_SILENT(
      "DR-150",
      "GitLab's discovery document can't be had",
      "Give GitLab's URL as in external_url; the authorizer follows no redirect, takes no proxy and"
          + " needs 200 with JSON from /.well-known/openid-configuration and the JWKS."),
  ISSUER_DIFFERS(
      "DR-151",
      "GitLab names itself otherwise than it is configured",
      "Give the URL exactly as GitLab spells its external_url: --gitlab-url, or the stack's"
          + " parameter for GitLab's URL."),
  JWKS_ELSEWHERE(
      "DR-152",
      "GitLab's keys are said to be on another host",
      "jwks_uri must have scheme, host and port of the issuer: mend GitLab's external_url or the"
          + " proxy in front of it; or pin the keys."),
  JWKS_EMPTY(
      "DR-153",
      "GitLab publishes no key that can verify a token",
      "On GitLab's Rails node run: gitlab-rake cloud_connector:keys:create"),
  CLOCKS_DIFFER(
      "DR-160",
      "The clocks of GitLab and the gateway differ",
      "Set both by NTP: GitLab's tokens hold from 5 s before they are made, so that a GitLab that"
          + " is ahead is refused."),
  TOKEN_MALFORMED(
      "DR-170",
      "The token is none of GitLab's",
      "Make one on GitLab's Rails console, in one line (docs/gitlab.md), and give it as it is."),
  TOKEN_EXPIRED(
      "DR-171", "The token is not valid now", "Make a new one: GitLab's live for one hour."),
  TOKEN_ISSUER(
      "DR-172",
      "The token is of another GitLab",
      "Configure the gateway with the token's issuer, exactly as it is spelt, or use a token of the"
          + " GitLab that is configured."),
  TOKEN_AUDIENCE(
      "DR-173",
      "The token is not for the AI gateway",
      "Its aud must name gitlab-ai-gateway: make it for a self-hosted feature (docs/gitlab.md)."),
  TOKEN_SCOPES(
      "DR-174",
      "The token lacks scopes that the features need",
      "See that GitLab's licence and the user's seat cover GitLab Duo, and make a new token."),
  TOKEN_KEY(
      "DR-175",
      "The token's key is not among those that GitLab publishes, or did not sign it",
      "See that every Rails node has the same keys in its database, and that discovery goes to that"
          + " GitLab."),
  TOKEN_REFUSED(
      "DR-176",
      "The gateway refuses a token that holds by GitLab's own keys",
      "The authorizer knows another GitLab or older keys: compare its GitLab URLs with the token's"
          + " issuer, and see its log, which has the precise reason."),
  COMPLETION_FAILED(
      "DR-180",
      "A code completion is not answered",
      "The answer's detail names the row or setting; the section of the status is in"
          + " docs/errors.md."),
  COMPLETION_EMPTY(
      "DR-181",
      "A code completion comes back empty",
      "GitLab's health check counts that as failed: see that feature code_completions is enabled,"
          + " and that the model's family and completion mode are right."),
  IMPATIENT(
      "DR-182",
      "An answer takes longer than GitLab waits",
      "GitLab's buttons wait 3 s, IDEs 5 s. Where only the first call is slow, use provisioned"
          + " concurrency (its parameter) or more memory; else a faster model."),
  MODEL_FAILED(
      "DR-183",
      "Test connection: the model server fails",
      "See the model's row (endpoint, model, secret) and the model server; the detail is its"
          + " answer."),
  CHECK_REFUSED(
      "DR-184",
      "Test connection: the gateway refuses",
      "The detail names the row, setting or parameter to change."),
  STREAM_BUFFERED(
      "DR-185",
      "A stream arrives in one piece",
      "Something between here and the model collects it: API Gateway's integration must be STREAM,"
          + " proxies must not buffer, and the model server must stream."),
  STREAM_BROKEN(
      "DR-186",
      "A stream does not come to its end",
      "See the gateway's log for the request id: the model broke off, or a timeout on the way is"
          + " too short."),
  NO_USER_TOKEN(
      "DR-187",
      "No user token is made",
      "See the signing key: KMS and the user-token function's permissions, or --signing-key. Until"
          + " then choose \"Indirect connections\" in GitLab."),
  USER_TOKEN_REFUSED(
      "DR-188",
      "A user token that the gateway made is refused by it",
      "The authorizer must know the signing key's public half: SLUICE_USER_TOKEN_KEYS, and"
          + " kms:GetPublicKey."),
  HEADERS_TOO_LARGE(
      "DR-190",
      "GitLab's headers come near or above what the way takes",
      "A private REST API takes about 8,000 bytes of headers, which includes GitLab's token. Run"
          + " the gateway by scripts/run behind an internal load balancer: same code, same rows."),
  STACK_MISSING(
      "DR-201",
      "There is no such stack",
      "Give its name and Region as scripts/deploy printed them; samconfig.toml has both."),
  STACK_UNFINISHED(
      "DR-202",
      "The stack's last change did not succeed",
      "See its events (aws cloudformation describe-stack-events): the first FAILED one names the"
          + " cause. Then run scripts/deploy again; a stack in ROLLBACK_COMPLETE must be deleted"
          + " first."),
  TABLE_BROKEN(
      "DR-210",
      "A table is missing or not active",
      "Run scripts/deploy again; where a table was deleted by hand, restore it under the same"
          + " name."),
  TABLE_UNPROTECTED(
      "DR-211",
      "A table lacks a protection that the template gives it",
      "Somebody changed it by hand: run scripts/deploy again, or set it back."),
  ROWS_NOT_LIVE(
      "DR-212",
      "Rows are not live as they are written",
      "Each row's status says what is wrong: scripts/config validate, then apply the mended row."),
  PINNED(
      "DR-213",
      "The routing table is pinned to a snapshot",
      "Edits move nothing until scripts/config unpin."),
  PUBLISHER_SILENT(
      "DR-214",
      "The publisher has not renewed GitLab's keys for over 20 minutes",
      "It runs every 5 minutes: see its log, its schedule, its alias live, and whether it reaches"
          + " GitLab. Keys that are known go on for 7 days."),
  FUNCTION_BROKEN(
      "DR-220",
      "A function can't run",
      "Its state and reason are beside the code: usually the KMS key, a deleted subnet or security"
          + " group, or a failed update. Mend that and run scripts/deploy again."),
  FUNCTION_STOPPED(
      "DR-221",
      "A function's reserved concurrency is 0: every call of it is throttled",
      "Raise or remove it: the parameters that end in Concurrency, or whoever set it in an"
          + " emergency."),
  ALIAS_BROKEN(
      "DR-222",
      "An alias does not lead to a version, or its provisioned concurrency failed",
      "Run scripts/deploy again; too little concurrency in the account makes it fail."),
  QUOTA_LOW(
      "DR-223",
      "The account's Lambda concurrency is low",
      "Each stream holds two sandboxes for its length (docs/capacity.md): ask for a higher quota in"
          + " Service Quotas, Lambda, Concurrent executions."),
  MAPPING_BROKEN(
      "DR-224",
      "An event source does not reach its function",
      "Enable the mapping, and see the function's log and the failure queue."),
  DEAD_LETTERS(
      "DR-230",
      "Messages lie in a queue of failures",
      "Read one (aws sqs receive-message) and the function's log of that time; redrive them once"
          + " the cause is mended."),
  KEY_BROKEN(
      "DR-240",
      "A KMS key is disabled or will be deleted",
      "Cancel the deletion or enable the key: nothing that it encrypted can be read without it."),
  LOG_BROKEN(
      "DR-250",
      "A log group is missing, or keeps or protects its content otherwise than the template says",
      "Run scripts/deploy again, or set retention and key back by hand."),
  ENDPOINT_BROKEN(
      "DR-260",
      "A VPC endpoint is missing or not available",
      "See its state in the VPC console: an endpoint of another account must be accepted; a deleted"
          + " one must be replaced in the stack's parameters."),
  ENDPOINT_NAMES(
      "DR-261",
      "A VPC endpoint has no private DNS",
      "Switch it on: the functions call the service by its usual name. The VPC needs DNS support"
          + " and DNS host names."),
  ENDPOINT_OPEN(
      "DR-262",
      "A VPC endpoint's policy allows everything",
      "For endpoints of the stack run scripts/deploy again; for your own take the statements of"
          + " infra/network.yaml."),
  ENDPOINT_REFUSES(
      "DR-263",
      "A VPC endpoint's policy does not admit what is asked through it",
      "Let the endpoint's policy allow the action on the resource to the role that is named; for"
          + " execute-api to everybody, since GitLab brings no identity of AWS. infra/network.yaml"
          + " has the statements."),
  ENDPOINT_CLOSED(
      "DR-264",
      "A VPC endpoint's security groups do not let a function in",
      "Allow TCP 443 into the endpoint's security group from the function's, and name the"
          + " endpoint's in EndpointSecurityGroups."),
  API_OPEN(
      "DR-270",
      "The API is not private, or has no policy that names VPC endpoints",
      "Run scripts/deploy again: the template's API is PRIVATE and answers through named endpoints"
          + " only."),
  SECRET_MISSING(
      "DR-280",
      "A secret that a row or the default model names does not exist",
      "Create it as STACK/NAME in Secrets Manager with the stack's KMS key (docs/deploy.md)."),
  PERMISSION_MISSING(
      "DR-290",
      "No policy gives a function's role what the function needs",
      "The role's own policy was changed, or is older than the code: run scripts/deploy again."),
  PERMISSION_DENIED(
      "DR-291",
      "A policy denies a function's role what the function needs",
      "Take the action out of the Deny statement of the policy that is named, or the role out of"
          + " those that it holds for."),
  PERMISSION_BOUNDARY(
      "DR-292",
      "A permissions boundary keeps a function's role from what the function needs",
      "Allow the action on the resource in the policy that the parameter PermissionsBoundaryArn"
          + " names (docs/permissions.md has all that the roles need)."),
  PERMISSION_ORGANIZATION(
      "DR-293",
      "A service control policy keeps a function's role from what the function needs",
      "Ask whoever runs your AWS organisation to allow the action for this account or role: nothing"
          + " in the account can."),
  INVOCATION_REFUSED(
      "DR-294",
      "A function does not let the API invoke it",
      "Its policy was changed: run scripts/deploy again, or add lambda:InvokeFunction for"
          + " apigateway.amazonaws.com and the ARN that is named (aws lambda add-permission).");

  private final String code;
  private final String title;
  private final String fix;

  Diagnosis(String code, String title, String fix) {
    this.code = code;
    this.title = title;
    this.fix = fix;
  }

  /** The stable code, such as {@code DR-101}. */
  public String code() {
    return code;
  }

  /** What is wrong, in one line. */
  public String title() {
    return title;
  }

  /** What to change. */
  public String fix() {
    return fix;
  }
}
