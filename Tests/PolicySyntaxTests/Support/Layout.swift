/// Ways to write down a sentence: tidy, or with all that may stand between tokens.
enum Layout {
  static func plain(_ tokens: [String]) -> String { tokens.joined(separator: " ") }

  static func wild(_ tokens: [String], _ random: inout SeededGenerator) -> String {
    let newline = random.pick(["\n", "\n", "\r\n"])
    var text = ""
    for (index, token) in tokens.enumerated() {
      let isTight = isPunctuation(token) || index > 0 && isPunctuation(tokens[index - 1])
      if !isTight || random.chance(60) { text += gap(newline, isFirst: index == 0, &random) }
      text += token
    }
    return text + random.pick(["", newline, newline + newline, " # the end", "  "])
  }

  private static func gap(
    _ newline: String, isFirst: Bool, _ random: inout SeededGenerator
  ) -> String {
    switch Int.random(in: 0..<20, using: &random) {
    case 0..<11: isFirst ? "" : " "
    case 11: "  \t "
    case 12..<16: newline
    case 16: newline + "   " + newline + newline + "  "
    case 17: " # why \"so\" {" + newline
    case 18: newline + "   # alone" + newline + "# twice  " + newline
    default: newline + "## documents" + newline
    }
  }

  private static func isPunctuation(_ token: String) -> Bool {
    ["{", "}", "(", ")", ",", ":", "|"].contains(token)
  }
}
