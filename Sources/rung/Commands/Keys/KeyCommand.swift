import ArgumentParser

struct KeyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "key",
    abstract: "Make, check, list and revoke the keys callers of a gateway use.",
    discussion: """
      A keys file holds digests of keys, never keys. They are made under a secret that is at least 32 \
      bytes long and comes from the variable RUNG_KEY_SECRET; `rung serve --keys` needs the same one.

      EXAMPLES
        export RUNG_KEY_SECRET="$(openssl rand -base64 48)"
        rung key new --id search-prod --tenant acme --fact team=search
        rung key check keys.yaml policies/support
        rung key list
        rung key revoke search-prod
      """,
    subcommands: [
      KeyNewCommand.self, KeyCheckCommand.self, KeyListCommand.self, KeyRevokeCommand.self,
    ])
}
