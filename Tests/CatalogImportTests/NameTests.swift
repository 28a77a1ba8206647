import CatalogImport
import RoutingCatalog
import RoutingTestSupport
import Testing

@Suite struct `Names of a list` {
  @Test(arguments: [
    ("gpt-4o", "gpt-4o"), ("openrouter/anthropic/claude-3.5-sonnet", nil),
    ("anthropic.claude-v2:1", "anthropic.claude-v2-1"), ("1024-x", "m1024-x"),
    ("cloudflare/@cf/meta/llama", "cloudflare/cf/meta/llama"), ("a__b", nil), ("a/_b", "a/b"),
    ("bedrock/*/1-month", "bedrock/1-month"), ("é", "model"), ("-", "model"), ("a:", "a"),
  ])
  func `become words`(name: String, word: String?) {
    #expect(DraftNames.words(for: [name])[name] == word ?? name)
  }

  @Test func `that would be one word stay apart, in any order`() {
    let names = ["a-b", "a:b", "a@b", "auto", "é", "ü"]
    let words = DraftNames.words(for: names, reserved: ["auto"])
    #expect(Set(words.values).count == names.count)
    #expect(words["a-b"] == "a-b")
    #expect(words["auto"] != "auto")
    #expect(words == DraftNames.words(for: names.reversed(), reserved: ["auto"]))
  }

  @Test func `are words, each once, whatever they are`() {
    var numbers = SplitMix(state: 11)
    let letters = Array("aB9_-./:@* é\u{301}\n~")
    for _ in 0..<300 {
      let names = Set(
        (0..<40).map { _ in
          String(
            (0..<Int.random(in: 0...6, using: &numbers)).map { _ in
              letters[Int.random(in: 0..<letters.count, using: &numbers)]
            })
        }
      ).sorted()
      let words = DraftNames.words(for: names)
      #expect(Set(words.values).count == names.count)
      #expect(words.values.allSatisfy(PolicyWord.isWord), "\(words)")
    }
  }

  @Test(arguments: [
    ("gpt-4o*", "gpt-4o-mini", true), ("gpt-4o*", "gpt-4o", true), ("gpt-?o", "gpt-4o", true),
    ("gpt-?o", "gpt-44o", false), ("*mini", "gpt-4o-mini", true), ("*", "", true),
    ("a*b*c", "a1b2b3c", true), ("a*b*c", "a1b2b3", false), ("", "", true), ("", "a", false),
    ("**a", "bba", true),
  ])
  func `fit a pattern as in a shell`(pattern: String, name: String, fits: Bool) {
    #expect(NamePattern(pattern).matches(name) == fits)
  }

  @Test func `that read the same are one name, and the later one is refused`() throws {
    let entry = """
      {"mode": "chat", "litellm_provider": "openai", "input_cost_per_token": 1e-6,
       "output_cost_per_token": 1e-6}
      """
    let list = try ListText("{\"\\u00e9\": \(entry), \"e\\u0301\": \(entry)}")
    #expect(list.draft.entries.map { $0.refusal?.code } == [nil, "same_name"])
    #expect(list.findings == [])
  }

  @Test func `keep their words when fewer are selected`() throws {
    let text = """
      {"a:b": {"mode": "chat", "litellm_provider": "openai", "input_cost_per_token": 1e-6,
       "output_cost_per_token": 1e-6}, "a@b": {"mode": "chat", "litellm_provider": "groq",
       "input_cost_per_token": 1e-6, "output_cost_per_token": 1e-6}}
      """
    let all = try ListText(text)
    let one = try ListText(text, selection: ImportSelection(providers: ["groq"]))
    #expect(one.draft.entries.count == 1 && one.draft.total == 2)
    #expect(one.draft.entries[0].model?.word == all.draft.entries[1].model?.word)
  }
}
