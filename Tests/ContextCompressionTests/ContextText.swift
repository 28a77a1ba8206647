import RoutingTestSupport

@testable import ContextCompression

/// Conversations for tests.
enum ContextText {
  /// A context in the turn before a question.
  static func asked(_ question: String, of context: String...) -> [ContextMessage] {
    [
      ContextMessage(role: .system, texts: ["Answer briefly.   Never  guess."]),
      ContextMessage(role: .user, texts: context),
      ContextMessage(role: .assistant, texts: ["I have read it."]),
      ContextMessage(role: .user, texts: [question]),
    ]
  }

  private static let fragments = [
    "The fee is 1.50 a day. ", "It is not due before 3 May 2026. ", "Call +44 20 7946 0000. ",
    "But never on Sundays. ", "Version 2.0.1 is out! ", "See https://a.example/b?c=1.5. ",
    "Order A-1042 was sent to Ana. ", "\n", "\n\n", "\n\n\n\n", "  ", "\t", " \r\n",
    "# Fees\n\n", "## Late fees\n", "- one item\n", "- another, 14 kg\n", "1. first\n",
    "You need:\n\n", "```\nlet x = 1.  // no\n\n  y\n```\n", "~~~\ncode. More.\n~~~\n",
    "    indented code. Here.\n", "`inline. Code` here. ", "{\"a\": [1, 2.50, \"x  y\"] }\n",
    "{\n  \"k\" : \"v. W\"\n}\n\n", "| a | b |\n|---|---|\n| 1 | 2 |\n",
    "id,name,n\n1,b,2\n2,c,3\n",
    "Q: why?\nA: because.\n\n", "これは500円です。", "まだです！", "「だめ。」と言った。", "Добрый день. ",
    "He said \"no. Never.\" and left. ", "(In brackets. Always.) ", "e.g. Dr. Smith, p. 5. ",
    "<p>Hello <b>you</b></p>\n", "&amp; ", "\u{0}", "\u{FEFF}", "🦊. ", "```", "\"", "(", "`",
    "diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n\n",
    "This line of prose is long enough to be wrapped by an editor that\nwraps lines at seventy. ",
    "A whole paragraph that stands there more than once, with 12 numbers and all.\n\n",
  ]

  static func text(of count: Int, _ random: inout SplitMix) -> String {
    (0..<count).map { _ in fragments.randomElement(using: &random) ?? "" }.joined()
  }

  /// A conversation with calls, results, examples and media in between.
  static func conversation(_ random: inout SplitMix) -> [ContextMessage] {
    var messages: [ContextMessage] = []
    for _ in 0..<Int.random(in: 1...8, using: &random) {
      let texts = (0..<Int.random(in: 0...2, using: &random)).map { _ in
        text(of: Int.random(in: 0...14, using: &random), &random)
      }
      switch Int.random(in: 0..<10, using: &random) {
      case 0: messages.append(ContextMessage(role: .system, texts: texts))
      case 1:
        messages.append(ContextMessage(role: .assistant, texts: texts, hasCalls: true))
        messages.append(ContextMessage(role: .tool, texts: texts))
      case 2: messages.append(ContextMessage(role: .user, texts: texts, hasMedia: true))
      case 3: messages.append(ContextMessage(role: .user, texts: texts, name: "example_user"))
      case 4: messages.append(ContextMessage(role: .user, texts: texts, isCached: true))
      case 5, 6, 7: messages.append(ContextMessage(role: .user, texts: texts))
      default: messages.append(ContextMessage(role: .assistant, texts: texts))
      }
    }
    return messages
  }
}
