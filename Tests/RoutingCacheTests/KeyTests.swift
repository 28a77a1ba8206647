import JSONReading
import JSONWriting
import PolicyGraph
import PolicySemantics
import RoutingBudgets
import RoutingTestSupport
import Testing

@testable import RoutingCache

/// What makes two requests one, and what does not.
struct KeyTests {
  @Test func `every part of a described request makes a difference`() throws {
    guard let bytes = try SharedData.bytes(of: "openai_openapi_subset.json", for: "cache keys")
    else {
      return
    }
    let schemas = try #require(try JSONText(bytes).root["components"]?["schemas"])
    let schema = try #require(schemas["CreateChatCompletionRequest"])
    let described = DescribedSchema(schemas: schemas)
    var json = JSONWriter()
    json.object { json in
      for (name, property) in described.properties(of: schema) where name != "messages" {
        json.member(name, raw: described.sample(property))
      }
      json.array("messages") { json in
        for message in described.roles() { json.raw(message) }
      }
    }
    let whole = try JSONText(json.bytes)
    let key = try key(whole)
    var count = 0
    var seen: Set<CacheDigest> = [key.digest]
    for variant in Variants(of: whole).all where !variant.path.hasPrefix("stream") {
      let other = try self.key(JSONText(variant.bytes))
      #expect(other != key, "\(variant.path): \(variant.what)")
      #expect(seen.insert(other.digest).inserted, "\(variant.path): \(variant.what)")
      count += 1
    }
    SharedData.say("cache keys: \(count) changes of a described request, 0 of its key")
    #expect(count > 300)
  }

  @Test func `how the answer is handed over makes none`() throws {
    let plain = try key(#"{"model":"m","messages":[]}"#)
    for more in [
      #""stream":true"#, #""stream":false"#, #""stream_options":{"include_usage":true}"#,
      #""stream_options":null"#, #""cache":{"ttl":60,"no-cache":true}"#, #""cache":null"#,
    ] {
      #expect(try key(#"{"messages":[],\#(more),"model":"m"}"#) == plain, "\(more)")
    }
    #expect(try key(#"{"messages":[],"stream_options":{"x":1},"model":"m"}"#) != plain)
    #expect(
      try key(#"{"messages":[{"stream":true}],"model":"m"}"#)
        != key(#"{"messages":[{}],"model":"m"}"#))
  }

  @Test func `facts beside the body, arm, variant and namespace make one each`() throws {
    let body = try JSONText(#"{"messages":[]}"#)
    let arm = CacheDigest(of: [1])
    var inputs = [
      try Samples.input(), try Samples.input(), try Samples.input(), try Samples.input(),
    ]
    inputs[1].headers = ["x-plan": "gold"]
    inputs[2].keyFacts = ["plan": .text("gold")]
    inputs[3].keyFacts = ["plan": .other(kind: "gold")]
    let partition = try Samples.partition("acme")
    var keys = try inputs.map {
      try #require(CacheKey(body, $0, in: .init(partition: partition, arm: arm)))
    }
    let situations: [CacheKey.Situation] = [
      .init(partition: partition, arm: CacheDigest(of: [2])),
      .init(partition: partition, arm: arm, variant: 1),
      .init(partition: partition, arm: arm, namespace: ""),
      .init(partition: partition, arm: arm, namespace: "a"),
      .init(partition: try Samples.partition("other"), arm: arm),
    ]
    for situation in situations {
      keys.append(try #require(CacheKey(body, inputs[0], in: situation)))
    }
    #expect(Set(keys.map(\.digest)).count == keys.count)
  }

  @Test func `no two callers are one, whatever they are called`() throws {
    let names = [nil, "", "a", "b", "ab", "a\u{0}", "a\u{0}b"]
    var seen: [CachePartition: String] = [:]
    var count = 0
    for tenant in names {
      for user in names {
        for conversation in names {
          var input = try Samples.input()
          input.tenant = tenant
          input.user = user
          input.conversation = conversation
          input.key = user
          let identities = [
            (CacheRule.Scope.shared, "shared"),
            (.per(.tenant), "tenant \(String(describing: tenant ?? input.key))"),
            (
              .per(.key),
              "key \(String(describing: tenant ?? input.key)) \(String(describing: user))"
            ),
            (
              .per(.user),
              "user \(String(describing: tenant ?? input.key)) \(String(describing: user))"
            ),
            (
              .per(.conversation),
              "conversation \(String(describing: tenant ?? input.key)) \(String(describing: user)) "
                + "\(String(describing: conversation))"
            ),
          ]
          for (scope, who) in identities {
            let partition = CachePartition(scope, of: input)
            if let known = seen[partition] { #expect(known == who) }
            seen[partition] = who
            count += 1
          }
        }
      }
    }
    SharedData.say("cache partitions: \(count) callers, \(seen.count) partitions")
    #expect(seen.count == Set(seen.values).count)
  }

  @Test func `a hundred thousand same prompts of two tenants are no hit across`() throws {
    let store = AnswerStore(clock: { Timestamp(milliseconds: 0) })
    let arm = CacheDigest(of: [])
    let (mine, theirs) = (try Samples.partition("acme"), try Samples.partition("other"))
    let input = try Samples.input()
    let answer = Samples.answer("a")
    var (across, own) = (0, 0)
    for number in 0..<100_000 {
      let body = try JSONText(#"{"messages":[{"role":"user","content":"question \#(number)"}]}"#)
      let one = try #require(CacheKey(body, input, in: .init(partition: mine, arm: arm)))
      let two = try #require(CacheKey(body, input, in: .init(partition: theirs, arm: arm)))
      store.keep(answer, under: one, since: store.ticket())
      if store.inMemory(two, route: "faq") != nil { across += 1 }
      if store.inMemory(one, route: "faq") != nil { own += 1 }
    }
    SharedData.say(
      "cache: 100000 prompts of two tenants, \(across) hits across, \(own) of their own")
    #expect(across == 0)
    #expect(own == 100_000)
  }

  private func key(_ text: String) throws -> CacheKey { try key(JSONText(text)) }

  private func key(_ body: JSONText) throws -> CacheKey {
    try #require(
      CacheKey(
        body, try Samples.input(),
        in: .init(partition: try Samples.partition("acme"), arm: CacheDigest(of: []))))
  }
}

/// A text with one thing changed: every value in turn made another, every member left out, every
/// container given one thing more.
struct Variants {
  struct Variant {
    let path: String
    let what: String
    let bytes: [UInt8]
  }

  private(set) var all: [Variant] = []
  private let text: JSONText

  init(of text: JSONText) {
    self.text = text
    visit(text.root, "")
  }

  private mutating func visit(_ value: JSONValue, _ path: String) {
    switch value.kind {
    case .string:
      let start = value.range.lowerBound + 1
      change(start..<start, to: " ", path, "a space before")
      change(
        (value.range.upperBound - 1)..<(value.range.upperBound - 1), to: ".", path, "a full stop")
      change(value.range, to: "null", path, "null")
    case .number:
      let number = String(decoding: value.raw, as: UTF8.self)
      change(value.range, to: "987654", path, "another number")
      if !number.contains("e") { change(value.range, to: number + "e0", path, "spelled otherwise") }
      change(value.range, to: "\"\(number)\"", path, "as a text")
    case .true: change(value.range, to: "false", path, "false")
    case .false: change(value.range, to: "true", path, "true")
    case .null: change(value.range, to: "0", path, "zero")
    case .array:
      for (index, element) in value.elements.enumerated() { visit(element, "\(path)[\(index)]") }
      let end = value.range.upperBound - 1
      let isEmpty = !value.elements.contains { _ in true }
      change(end..<end, to: isEmpty ? "1" : ",1", path, "an element more")
    case .object: visitMembers(of: value, path)
    }
  }

  private mutating func visitMembers(of value: JSONValue, _ path: String) {
    let members = Array(value.members)
    for (index, member) in members.enumerated() {
      let name = path.isEmpty ? member.key.string ?? "" : "\(path).\(member.key.string ?? "")"
      visit(member.value, name)
      // With the comma after it, or before it if it is the last.
      let start =
        index > 0 ? members[index - 1].value.range.upperBound : member.key.range.lowerBound
      let end =
        index > 0
        ? member.value.range.upperBound
        : members.count > 1 ? members[1].key.range.lowerBound : member.value.range.upperBound
      change(start..<end, to: "", name, "left out")
    }
    let end = value.range.upperBound - 1
    change(
      end..<end, to: members.isEmpty ? #""unknown":1"# : #","unknown":1"#, path, "a member more")
  }

  private mutating func change(_ range: Range<Int>, to new: String, _ path: String, _ what: String)
  {
    var bytes = text.bytes
    bytes.replaceSubrange(range, with: Array(new.utf8))
    all.append(Variant(path: path, what: what, bytes: bytes))
  }
}
