import Testing

/// What a gateway makes of files that change under it.
@Suite struct `The files of a running gateway` {
  private static let begin = """
    wait_for() { n=0; until eval "$1"; do n=$((n+1)); [ $n -lt 600 ] || { echo "not: $1"; return 1; }; sleep 0.05; done; }
    mkdir mine; cp -L policies/support/catalog.yaml mine
    printf 'rung 1\\ncatalog "catalog.yaml"\\notherwise { use qwen3-8b }\\n' > mine/policy.rung
    serve() {
      rung serve mine --port 0 --no-ledger "$@" >log 2>&1 &
      server=$!
      wait_for 'grep -q ^serving log' || cat log
      address=$(sed -n 's/^serving.* on \\(http:[^ ]*\\)\\/v1$/\\1/p' log)
    }
    status() { curl -s -o said -w '%{http_code}' -H "Authorization: Bearer $1" "$address/v1/models"; }
    route() {
      curl -s -H 'content-type: application/json' -d '{"messages":[{"role":"user","content":"hi"}]}' \
        "$address/v1/decisions" > said; grep -q "$1" said
    }

    """

  private static func lines(_ script: String) throws -> [String] {
    let shell = try Shell()
    defer { shell.remove() }
    try shell.write(begin + script, to: "try.sh")
    return try shell.run(
      "sh try.sh", environment: ["RUNG_KEY_SECRET": "0123456789abcdef0123456789abcdef"])
  }

  /// The file without its last entry is the beginning of the one before.
  @Test func `lose the last of the keys when it is revoked`() throws {
    let said = try Self.lines(
      """
      first=$(rung key new --id first 2>/dev/null); last=$(rung key new --id last 2>/dev/null)
      serve --keys keys.yaml
      echo "$(status $first) $(status $last)"
      rung key revoke last >/dev/null
      wait_for '[ "$(status $last)" = 401 ]' && echo "revoked, $(status $first)"
      grep -c 'not reloaded' log
      kill $server; wait $server
      """)
    #expect(said.prefix(3) == ["200 200", "revoked, 200", "0"], "\(said)")
  }

  /// A guard taken off its end, by an editor that writes in place.
  @Test func `are taken in the end when they have become shorter`() throws {
    let said = try Self.lines(
      """
      printf 'guard none when prompt.chars < 100 { refuse "no" }\\n' >> mine/policy.rung
      serve
      route refuse && echo refused
      printf 'rung 1\\ncatalog "catalog.yaml"\\notherwise { use qwen3-8b }\\n' > mine/policy.rung
      wait_for 'grep -q "is the beginning of the file" log' && echo held
      wait_for '! route refuse' && echo taken
      kill $server; wait $server
      """)
    #expect(said.prefix(3) == ["refused", "held", "taken"], "\(said)")
  }
}
