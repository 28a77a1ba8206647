/// The exposition format 0.0.4 as its specification has it, and nothing more forgiving.
enum ExpositionReader {
  struct Sample: Equatable {
    let name: String
    let labels: [String: String]
    let value: Double
  }

  struct Malformed: Error, CustomStringConvertible {
    let line: Int
    let description: String
  }

  /// Every sample in order; each belongs to the family whose TYPE line came before it.
  static func read(_ text: String) throws -> [Sample] {
    guard text.hasSuffix("\n") else { throw Malformed(line: 0, description: "no end of line") }
    var samples: [Sample] = []
    var family = ""
    var type = ""
    var families: Set<String> = []
    var seen: Set<String> = []
    for (number, line) in text.dropLast().split(separator: "\n", omittingEmptySubsequences: false)
      .enumerated()
    {
      var cursor = Cursor(rest: line, line: number + 1)
      if line.hasPrefix("# HELP ") { continue }
      if line.hasPrefix("# TYPE ") {
        let words = line.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        guard words.count == 4, ["counter", "gauge", "histogram"].contains(words[3]),
          families.insert(words[2]).inserted
        else { throw cursor.malformed("type") }
        (family, type) = (words[2], words[3])
        continue
      }
      let sample = try cursor.sample()
      let suffixes = type == "histogram" ? ["_bucket", "_sum", "_count"] : [""]
      guard suffixes.contains(where: { family + $0 == sample.name }) else {
        throw cursor.malformed("\(sample.name) under \(family)")
      }
      let identity = "\(sample.name) \(sample.labels.sorted { $0.key < $1.key })"
      guard seen.insert(identity).inserted else { throw cursor.malformed("twice: \(identity)") }
      samples.append(sample)
    }
    return samples
  }

  private struct Cursor {
    var rest: Substring
    let line: Int

    func malformed(_ what: String) -> Malformed { Malformed(line: line, description: what) }

    mutating func sample() throws -> Sample {
      let name = try self.name()
      var labels: [String: String] = [:]
      if rest.first == "{" {
        repeat {
          rest.removeFirst()
          let label = try self.name()
          try take("=")
          guard labels.updateValue(try quoted(), forKey: label) == nil else {
            throw malformed("label twice")
          }
        } while rest.first == ","
        try take("}")
      }
      try take(" ")
      let spelled = String(rest)
      let special: [String: Double] = ["+Inf": .infinity, "-Inf": -.infinity, "NaN": .nan]
      guard let value = special[spelled] ?? Double(spelled) else { throw malformed("value") }
      return Sample(name: name, labels: labels, value: value)
    }

    private mutating func take(_ character: Character) throws {
      guard rest.first == character else { throw malformed("no \(character) before \(rest)") }
      rest.removeFirst()
    }

    private mutating func name() throws -> String {
      let name = rest.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || "_:".contains($0)) }
      guard let first = name.first, !first.isNumber else { throw malformed("name") }
      rest = rest.dropFirst(name.count)
      return String(name)
    }

    private mutating func quoted() throws -> String {
      try take("\"")
      var value = ""
      while let character = rest.popFirst() {
        if character == "\"" { return value }
        guard character == "\\" else {
          value.append(character)
          continue
        }
        switch rest.popFirst() {
        case "n": value.append("\n")
        case "\\": value.append("\\")
        case "\"": value.append("\"")
        default: throw malformed("escape")
        }
      }
      throw malformed("open quote")
    }
  }
}
