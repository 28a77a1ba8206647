/// Program text, line after line.
///
/// One line that prose would not hold is enough; of lines that might be either it takes three.
struct CodeRule {
  private var likely = 0
  private var start = 0

  /// The place of the code that this line completes.
  mutating func read(_ line: TextLine) -> Range<Int>? {
    if line.isEmpty { return nil }
    if isCertain(line) { return line.range }
    if isLikely(line) {
      if likely == 0 { start = line.range.lowerBound }
      likely += 1
      if likely >= 3 { return start..<line.range.upperBound }
    }
    return nil
  }

  private func isCertain(_ line: TextLine) -> Bool {
    switch line.first {
    case UInt8(ascii: "`"): line.starts(with: "```")
    case UInt8(ascii: "~"): line.starts(with: "~~~")
    case UInt8(ascii: "#"): isInclude(line) || line.starts(with: "#!/")
    case UInt8(ascii: "<"): line.starts(with: "<?php") || line.starts(with: "<!DOCTYPE html")
    case UInt8(ascii: "@"), UInt8(ascii: "$"), UInt8(ascii: ">"): isPrompted(line)
    default: isDefinition(line) || isImport(line) || isQuery(line)
    }
  }

  private func isInclude(_ line: TextLine) -> Bool {
    line.starts(with: "#include <") || line.starts(with: "#include \"")
      || line.starts(with: "#define ")
  }

  /// A shell prompt before a command that is spelled like one.
  private func isPrompted(_ line: TextLine) -> Bool {
    (line.starts(with: "$ ") || line.starts(with: ">>> ")) && line.range.count > 4
      && !ASCII.isDigit(line.text[line.range.lowerBound + 2])
  }

  /// A keyword that declares a function or type, and the punctuation that must follow it.
  private func isDefinition(_ line: TextLine) -> Bool {
    let opens =
      line.last == UInt8(ascii: "{") || line.last == UInt8(ascii: ":")
      || line.last == UInt8(ascii: "}")
    // Few lines begin with a keyword, so the rest of a line is looked at last.
    func hasCall() -> Bool { line.contains("(") && line.contains(")") }
    if line.starts(with: "def ") || line.starts(with: "async def ") {
      return hasCall() && line.contains(":")
    }
    if line.starts(with: "function ") || line.starts(with: "func ") || line.starts(with: "fn ")
      || line.starts(with: "public ") || line.starts(with: "private ")
      || line.starts(with: "static ") || line.starts(with: "pub fn ")
      || line.starts(with: "export ")
    {
      return hasCall() && line.contains("{")
        || opens && (line.contains(" class ") || line.contains(" struct "))
    }
    if line.starts(with: "class ") || line.starts(with: "struct ") || line.starts(with: "enum ") {
      return line.last == UInt8(ascii: "{") || line.last == UInt8(ascii: ":") && line.contains("(")
    }
    return (line.starts(with: "const ") || line.starts(with: "let ") || line.starts(with: "var "))
      && line.contains(" = ") && (line.last == UInt8(ascii: ";") || line.contains("("))
  }

  private func isImport(_ line: TextLine) -> Bool {
    if line.starts(with: "import ") {
      return line.contains(" from \"") || line.contains(" from '") || line.last == UInt8(ascii: ";")
        || line.contains(" as ") && line.count(of: 0x20) == 3
    }
    return line.starts(with: "from ") && line.contains(" import ") && line.count(of: 0x20) <= 5
      || line.starts(with: "using namespace ") || line.starts(with: "package main")
  }

  private func isQuery(_ line: TextLine) -> Bool {
    line.starts(with: "SELECT ") && (line.contains(" FROM ") || line.contains("*"))
      || line.starts(with: "INSERT INTO ") || line.starts(with: "CREATE TABLE ")
      || line.starts(with: "DELETE FROM ") || line.starts(with: "UPDATE ") && line.contains(" SET ")
      || line.starts(with: "select ") && line.contains(" from ") && line.contains(" where ")
      || line.starts(with: "select * from ")
  }

  private func isLikely(_ line: TextLine) -> Bool {
    switch line.last {
    case UInt8(ascii: ";"), UInt8(ascii: "{"), UInt8(ascii: "}"): return true
    case UInt8(ascii: ")"):
      // A call that is the whole line: `name(…)`, `name.method(…)`.
      return isCall(line)
    case UInt8(ascii: ":"):
      return ["if ", "for ", "while ", "else", "elif ", "try", "except", "with "].contains {
        line.starts(with: $0)
      } && (line.indent > 0 || line.contains("(") || line.contains(" in ") || line.contains("=="))
    default:
      return isAssignment(line) || line.starts(with: "return ") && line.indent > 0
        || line.starts(with: "//") || line.starts(with: "</")
    }
  }

  private func isCall(_ line: TextLine) -> Bool {
    var offset = line.range.lowerBound
    while ASCII.isWord(line.text[offset]) || line.text[offset] == 0x2E {
      offset += 1
    }
    return offset > line.range.lowerBound && line.text[offset] == UInt8(ascii: "(")
      || isAssignment(line)
  }

  /// `name = …`: one word without spaces before the sign.
  private func isAssignment(_ line: TextLine) -> Bool {
    var offset = line.range.lowerBound
    while ASCII.isWord(line.text[offset]) || ASCII.isOne(of: ".[]", line.text[offset]) {
      offset += 1
    }
    guard offset > line.range.lowerBound else { return false }
    while line.text[offset] == 0x20 { offset += 1 }
    if ASCII.isOne(of: "+-*/", line.text[offset]) { offset += 1 }
    return line.text[offset] == UInt8(ascii: "=") && offset + 1 < line.range.upperBound
  }
}
