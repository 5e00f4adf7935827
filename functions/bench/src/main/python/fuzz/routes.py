"""A valid request of every route, to start mutating from."""

from dataclasses import dataclass

from fuzz.document import Members, document

#: The model key that requests carry and that must appear nowhere else.
MODEL_KEY = "sk-fuzz-7d1f0c52b9e84a36"


@dataclass(frozen=True)
class Route:
    """One valid request; `body` is None for a route without one."""

    method: str
    path: str
    body: Members | None = None


def routes(model_endpoint):
    """The routes of the Duo API, their metadata naming that model."""
    metadata = {
        "provider": "openai",
        "name": "mistral",
        "endpoint": model_endpoint,
        "api_key": MODEL_KEY,
        "identifier": "custom_openai/bench",
    }
    file = {
        "file_name": "main.py",
        "content_above_cursor": "def add(a, b):\n    ",
        "content_below_cursor": "\n",
        "language_identifier": "python",
    }
    generation = file | {
        "stream": True,
        "prompt_id": "code_suggestions/generations",
        "prompt_version": "^1.0.0",
        "prompt_enhancer": {"user_instruction": "add", "libraries": ["numpy"]},
    }
    code = {
        "prompt_version": 2,
        "prompt": "",
        "model_provider": "litellm",
        "model_name": "codestral",
        "model_endpoint": model_endpoint,
        "model_api_key": MODEL_KEY,
        "model_identifier": "custom_openai/bench",
        "current_file": file,
        "telemetry": [{"requests": 1, "accepts": 0, "errors": 0}],
        "context": [{"type": "file", "name": "a.py", "content": "x = 1"}],
    }
    gitlab = {"source": "GitLab EE", "version": "18.9.0"}
    model = {name: code[name] for name in ("model_endpoint", "model_api_key", "model_identifier")}
    asked = {"content": "Hi", "provider": "litellm", "model": "mistral"} | model
    question = {"type": "prompt", "metadata": gitlab, "payload": asked}
    search = {"type": "search-docs", "metadata": gitlab, "payload": {"query": "How do I fork?"}}
    embedding = metadata | {"provider": "litellm", "name": "embedding", "identifier": "openai/bench"}
    return [
        _post("/v2/code/completions", code),
        _post("/v2/code/completions", code | {"stream": True}),
        _post("/v2/completions", code),
        _post("/v2/code/generations", code),
        _post("/v3/code/completions", _suggestion("code_editor_completion", file, metadata)),
        _post("/v4/code/suggestions", _suggestion("code_editor_generation", generation, metadata)),
        _post("/v1/prompts/model_configuration%2Fcheck", _prompt({}, metadata)),
        _post("/v1/prompts/generate_commit_message", _prompt({"diff": "+b"}, metadata)),
        _post("/v2/prompts/generate_commit_message", _prompt({"diff": "+b"}, metadata)),
        _post("/v2/chat/agent", {"messages": [{"role": "user", "content": "Hi"}], "model_metadata": metadata}),
        _post("/v1/chat/agent", {"prompt_components": [question]}),
        _post("/v1/search/gitlab-docs", search),
        _post("/v1/embeddings/code_embeddings/index", {"contents": ["a", "b"], "model_metadata": embedding}),
        _post("/v1/code/user_access_token", {}),
        Route("GET", "/monitoring/healthz"),
        Route("GET", "/monitoring/ready"),
        Route("GET", "/v1/models%2Fdefinitions"),
        Route("HEAD", "/"),
    ]


def _post(path, body):
    return Route("POST", path, document(body))


def _suggestion(kind, payload, metadata):
    return {"prompt_components": [{"type": kind, "payload": payload}], "model_metadata": metadata}


def _prompt(inputs, metadata):
    return {"inputs": inputs, "prompt_version": "^1.0.0", "model_metadata": metadata}
