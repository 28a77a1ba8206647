import Testing
import TextPatterns

/// What each feature is, and what only looks like it.
@Suite struct FeatureTests {
  @Test(
    arguments: [
      .has(.numbers, "3 apples", finds: "3"), .has(.numbers, "costs $12", finds: "12"),
      .has(.numbers, "gpt4", finds: nil), .has(.numbers, "three apples", finds: nil),
      .has(.numbers, "٣ تفاحات", finds: "٣"), .has(.numbers, "v2 is out", finds: nil),
      .has(.url, "see https://example.com/a.", finds: "https://example.com/a."),
      .has(.url, "HTTP://LOCALHOST:80", finds: "HTTP://LOCALHOST:80"),
      .has(.url, "at www.example.org now", finds: "www.example.org"),
      .has(.url, "node.js or e.g. this", finds: nil), .has(.url, "a://b", finds: nil),
      .has(.url, "http:// is a prefix", finds: nil), .has(.url, "time: 12:30", finds: nil),
      .has(.email, "to ann.b+x@mail.example.com, please", finds: "ann.b+x@mail.example.com"),
      .has(.email, "user@host", finds: nil), .has(.email, "@handle", finds: nil),
      .has(.email, "a @ b.com", finds: nil), .has(.email, "x@y.z1", finds: nil),
    ] as [TextCase])
  func `knows numbers and addresses`(_ example: TextCase) throws { try check(example) }

  @Test(
    arguments: [
      .has(.phone, "call +49 30 901820 today", finds: "+49 30 901820"),
      .has(.phone, "(555) 223-4567", finds: "(555) 223-4567"),
      .has(.phone, "or 555-223-4567.", finds: "555-223-4567"),
      .has(.phone, "030 901820", finds: "030 901820"),
      .has(.phone, "on 2024-01-31", finds: nil), .has(.phone, "on 01.02.2024", finds: nil),
      .has(.phone, "01/02/2024 10:30", finds: nil), .has(.phone, "192.168.100.100", finds: nil),
      .has(.phone, "order 5552234567", finds: nil), .has(.phone, "100 200 3000", finds: nil),
      .has(.phone, "2+2222222", finds: nil), .has(.phone, "3.14159265", finds: nil),
      .has(.card, "4111 1111 1111 1111", finds: "4111 1111 1111 1111"),
      .has(.card, "pay 5500005555555559 now", finds: "5500005555555559"),
      .has(.card, "3782 822463 10005", finds: "3782 822463 10005"),
      .has(.card, "4111 1111 1111 1112", finds: nil),
      .has(.card, "order 1234567890123452", finds: nil),
      .has(.card, "id 94111111111111111", finds: nil),
      .has(.card, "0000 0000 0000 0000", finds: nil),
    ] as [TextCase])
  func `knows phone and card numbers from other digits`(_ example: TextCase) throws {
    try check(example)
  }

  @Test(
    arguments: [
      "my key is sk-abc123DEF456ghi789JKL012", "AKIAIOSFODNN7EXAMPLE",
      "ghp_abcdefghijklmnopqrstuvwxyz0123456789", "xoxb-123456789012-abcdefGHIJKL",
      "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.dozjgNryP4J3jVmNHl0w5N",
      "-----BEGIN RSA PRIVATE KEY-----\nMIIE", "-----BEGIN PRIVATE KEY-----",
      "api_key = \"a8f5f167f44f4964e6c998dee827110c\"", "PASSWORD: Tr0ub4dor-and-3x",
      "Authorization: Bearer 9f86d081884c7d659a2feaa0c55ad015", "{\"token\": \"q7Zk29sLmP4xVb\"}",
    ])
  func `knows a secret`(_ text: String) throws { #expect(try has(.secret, text)) }

  @Test(
    arguments: [
      "the task-force met", "sk-short", "what is a secret?", "password: correct-horse-battery",
      "max_tokens: 4096", "token = example", "AKIA is a prefix", "sk-xxxxxxxxxxxxxxxxxxxxxxxx",
      "-----BEGIN CERTIFICATE-----", "-----BEGIN PUBLIC KEY-----", "risk-abc123DEF456ghi789JKL012",
      "eyJhbGciOiJIUzI1NiJ9.not.one", "key = value",
    ])
  func `takes no word for a secret`(_ text: String) throws { #expect(try !has(.secret, text)) }

  @Test(
    arguments: [
      (.code, "```\nx\n```"), (.code, "def f(x):\n  return x"), (.code, "#include <stdio.h>"),
      (.code, "SELECT id FROM users"), (.code, "import os from \"os\""),
      (.code, "int a = 1;\nint b = 2;\nfoo(a, b);"), (.code, "function f(a) { return a }"),
      (.code, "x = 1\ny = 2\nprint(x + y)"), (.code, "package main"),
      (.json, "{\"a\": 1}"), (.json, "so [{\"a\": [1, {\"b\": null}]}]"),
      (.json, "{ broken {\"a\": \"\\u00e9\", \"b\": -1.5e3} "),
      (.table, "| a | b |\n|---|---|\n| 1 | 2 |"), (.table, "+----+----+\n| a | b |"),
      (.table, "a\tb\n1\t2\n3\t4"), (.table, "id,name,age\n1,ann,30\n2,bob,31"),
      (.table, "<table><tr>"),
    ] as [(TextFeatureKind, String)])
  func `knows code, JSON and tables`(_ kind: TextFeatureKind, _ text: String) throws {
    #expect(try has(kind, text))
  }

  @Test(
    arguments: [
      (.code, "Let me know if you import goods from abroad."),
      (.code, "Please select one; thanks."),
      (.code, "class starts at nine"), (.code, "The function of the heart is to pump blood."),
      (.code, "- first\n- second\n- third"), (.code, "Dear Ann,\nhow are you?\nBest,\nBob"),
      (.json, "{}"), (.json, "[1]"), (.json, "{name}"), (.json, "{\"a\": }"), (.json, "{'a': 1}"),
      (.json, "{\"a\": 01}"), (.json, "{\"a\": \"unfinished"),
      (.table, "a | b"), (.table, "one, two, three\nfour, five, six\nseven, eight, nine"),
      (.table, "- a\n- b\n- c"), (.table, "yes || no"),
    ] as [(TextFeatureKind, String)])
  func `takes no prose for code, JSON or tables`(_ kind: TextFeatureKind, _ text: String) throws {
    #expect(try !has(kind, text))
  }

  private func has(_ kind: TextFeatureKind, _ text: String) throws -> Bool {
    let set = try PatternSet([.has([kind])])
    var scan = TextScan(of: set)
    let bytes = Array(text.utf8)
    let holds = try scan.holds(0, in: bytes.span)
    #expect(try holds == (set.firstMatch(of: 0, in: bytes.span) != nil))
    return holds
  }
}
