/// Settings of LiteLLM that no policy and no catalog has, and what stands for them here.
enum LiteLLMLeftOut {
  static func reason(of key: String) -> (why: String, cure: String) {
    row(of: key)?.reason
      ?? ("this importer does not know it", "see whether you need it; nothing stands for it")
  }

  /// Whether the key is one of LiteLLM's.
  static func knows(_ key: String) -> Bool { row(of: key) != nil }

  /// Whether `false` says nothing: the key turns something on, and it is off where nobody writes it.
  ///
  /// A `false` behind any other key may turn off what holds without it.
  static func isOffAnyway(_ key: String) -> Bool {
    offAnyway.contains(key) || ["enable_", "disable_"].contains { key.hasPrefix($0) }
  }

  private static let offAnyway: Set<String> = [
    "drop_params", "modify_params", "set_verbose", "json_logs", "debug", "detailed_debug",
    "turn_off_message_logging", "log_raw_request_response", "store_model_in_db",
    "store_prompts_in_spend_logs", "store_audit_logs", "background_health_checks", "hidden",
    "infer_model_from_keys", "enforce_user_param", "allow_requests_on_db_unavailable", "blocked",
    "use_in_pass_through", "use_litellm_proxy", "merge_reasoning_content_in_choices",
    // Abilities no model is taken to have.
    "supports_audio_input", "supports_audio_output", "supports_video_input", "supports_pdf_input",
    "supports_web_search", "supports_computer_use", "supports_url_context",
    "supports_prompt_caching", "supports_assistant_prefill", "supports_embedding_image_input",
  ]

  private static func row(of key: String) -> Row? {
    table.first { $0.keys.contains(key) || $0.parts.contains { key.contains($0) } }
  }

  private struct Row {
    let keys: Set<String>
    /// Of keys that are not listed one by one.
    let parts: [String]
    let reason: (why: String, cure: String)

    init(_ keys: Set<String>, parts: [String] = [], _ why: String, _ cure: String) {
      self.keys = keys
      self.parts = parts
      reason = (why, cure)
    }
  }

  private static let table: [Row] = [
    Row(
      ["hidden"], "which names `/v1/models` lists is not the policy's business",
      "see there what it lists"),
    Row(
      ["tpm", "rpm"], "only what stands in `litellm_params` is a limit of the deployment",
      "move it into `litellm_params`"),
    Row(
      ["supports_system_message", "supports_system_messages"],
      "a system message goes to the model as the caller wrote it",
      "choose a model that takes them, or put what rewrites them before the provider"),
    Row(
      ["parallel_tool_calls"], "only the caller says how many tools are called at once",
      "send `parallel_tool_calls` with the requests"),
    Row(
      ["ssl_verify", "ssl_certificate", "ssl_security_level"],
      "the certificate of a provider is always checked, with the machine's authorities",
      "add the authority to those of the machine"),
    Row(
      ["master_key", "custom_auth", "key_management_system", "key_management_settings"],
      parts: ["auth", "jwt", "sso", "allowed_ip", "_role"],
      "who may call is not the policy's business", "make keys with `rung key new`"),
    Row(
      ["callbacks", "success_callback", "failure_callback", "service_callbacks", "alerting"],
      parts: [
        "callback", "alert", "langfuse", "prometheus", "otel", "logging", "json_logs", "verbose",
        "spend_logs", "audit",
      ],
      "what is recorded and sent on is not the policy's business",
      "use the ledger, `/metrics` and `rung serve --log json`"),
    Row(
      ["database_url", "store_model_in_db", "general_settings", "background_health_checks"],
      parts: ["database", "prisma", "redis", "health_check", "proxy_batch", "disable_", "store_"],
      "it is about the proxy's own database, processes or checks",
      "Rung keeps its ledger in a file: `rung serve --ledger`; circuits need no checks"),
    Row(
      ["guardrails", "policies", "pii_masking"], parts: ["guardrail", "moderation", "presidio"],
      "hooks around a call are not carried over",
      "write a `guard` on the request or a `gate` on the answer"),
    Row(
      [
        "mcp_servers", "pass_through_endpoints", "vector_store_registry", "files_settings",
        "finetune_settings", "search_tools", "agent_list", "prompts", "skills",
      ],
      parts: [
        "mcp_", "websearch", "vector_store", "interception", "assistant", "code_interpreter",
      ],
      "Rung routes chats and embeddings, and nothing else",
      "keep a service for it beside the gateway"),
    Row(
      ["drop_params", "modify_params", "additional_drop_params", "allowed_openai_params"],
      "no field of a request is dropped: a provider that does not take one says so",
      "leave the field out where the request is made"),
    Row(
      ["stream_timeout"], "a limit for streams alone is not taken over",
      "write `first_token` behind the model, or `timeouts` in the catalog"),
    Row(
      ["retry_policy", "model_group_retry_policy", "allowed_fails_policy", "retry_after"],
      "repeats do not differ by the kind of failure",
      "`attempts` repeats what may succeed, and waits as a provider asks"),
    Row(
      ["tags", "enable_tag_filtering", "tag_filtering_match_any"],
      "a list of tags in a request is none of the fields a condition reads",
      "declare a fact, as `facts { team : a | b = a }`, and a route for each"),
    Row(
      [
        "auto_router_config", "adaptive_router_config", "complexity_router_config",
        "auto_router_config_path", "adaptive_router_preferences",
      ],
      parts: ["_router_"],
      "it decides by scores that no policy can read",
      "write a `classifier` or `points`, and a route for each outcome"),
    Row(
      [
        "max_budget", "budget_duration", "default_internal_user_params", "provider_budget_config",
        "default_team_settings", "max_internal_user_budget",
      ],
      parts: ["budget", "team_", "user_"],
      "budgets of teams, users, tags or providers are not carried over",
      "write `budget NAME = $… per tenant per day`, or `per key`, `per user`"),
    Row(
      ["max_parallel_requests", "global_max_parallel_requests"],
      "a catalog holds no limit on calls at once",
      "write `limit NAME = … at once per key` into the policy"),
    Row(
      ["api_version", "organization", "extra_headers", "headers", "extra_body", "default_headers"],
      parts: ["header"],
      "nothing is added to the head or the body of a call",
      "put it before the provider, if it needs it"),
    Row(
      ["environment_variables"], "variables are not set by a policy or a catalog",
      "set them where the gateway is started"),
    Row(
      [], parts: ["aws_", "vertex_", "s3_", "gcs_", "tenant_id", "client_"],
      "it belongs to a way of signing in that Rung does not have",
      "give the provider a key: `key_env` in the catalog"),
  ]
}
