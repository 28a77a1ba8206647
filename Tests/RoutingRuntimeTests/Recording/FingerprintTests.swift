import PolicyGraph
import PolicySource
import RoutingRuntime
import Testing

@Suite struct `The print of a system prompt` {
  private func print(_ messages: [(RequestInput.Role, String)]) -> String? {
    var input = RequestInput.plain("")
    input.messages = messages.map { .init(role: $0, text: $1) }
    return input.systemPromptFingerprint
  }

  @Test func `is that of its roles and texts in order, each with its length`() {
    #expect(
      print([(.system, "Be kind."), (.user, "hello"), (.developer, "Be brief.")])
        == StableHash.digest(ofFields: ["system", "Be kind.", "developer", "Be brief."]).hex)
    // Written down, so that it stays the same for ever.
    #expect(print([(.system, "Be kind.")]) == "7d351eac60ca8179c96501c88a165f06")
  }

  @Test func `is another for another text, role, order or cut, and none without such a message`() {
    let prints = [
      print([(.system, "ab")]), print([(.developer, "ab")]),
      print([(.system, "a"), (.system, "b")]), print([(.system, "b"), (.system, "a")]),
      print([(.system, "ab"), (.system, "")]), print([(.system, "")]),
    ]
    #expect(!prints.contains(nil) && Set(prints).count == prints.count)
    #expect(print([(.user, "hello"), (.assistant, "hi"), (.tool, "3")]) == nil)
    #expect(print([(.user, "a"), (.system, "ab")]) == print([(.system, "ab"), (.user, "b")]))
  }
}
