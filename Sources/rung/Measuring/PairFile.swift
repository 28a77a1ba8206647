import AnswerSimilarity
import JSONReading
import LedgerExchange

/// Labelled pairs: `{"a":…,"b":…,"same":true}` a line, or CSV with the columns `a,b,same`.
enum PairFile {
  /// Every line is looked at before anything is called; the first ten that are no pair are named.
  static func pairs(_ path: String) throws(CommandFailure) -> [LabelledPair] {
    let bytes = try Files.input(path)
    let first = bytes.first { $0 > 0x20 && $0 < 0x80 }
    let read = first == UInt8(ascii: "{") ? try lines(bytes, path) : try cells(bytes, path)
    guard read.problems.isEmpty else { throw CommandFailure(BatchRequests.list(read.problems)) }
    guard !read.pairs.isEmpty else {
      throw CommandFailure(
        "\(path): no pairs; a line is {\"a\":\"…\",\"b\":\"…\",\"same\":true}")
    }
    return try distinct(read, path)
  }

  private struct Reading {
    var pairs: [LabelledPair] = []
    /// The line each stands on.
    var lines: [Int] = []
    var problems: [String] = []

    mutating func add(_ pair: LabelledPair, at line: Int) {
      pairs.append(pair)
      lines.append(line)
    }
  }

  /// Each pair once, whichever way round: one that stands there again is no more evidence.
  ///
  /// Two lines that say the opposite of one pair are evidence of nothing.
  private static func distinct(
    _ read: Reading, _ path: String
  ) throws(CommandFailure) -> [LabelledPair] {
    var known: [Set<String>: (isSame: Bool, line: Int)] = [:]
    var pairs: [LabelledPair] = []
    var problems: [String] = []
    for (pair, line) in zip(read.pairs, read.lines) {
      let texts = Set([pair.one, pair.other])
      guard let before = known[texts] else {
        known[texts] = (pair.isSame, line)
        pairs.append(pair)
        continue
      }
      if before.isSame != pair.isSame {
        problems.append(
          "\(path):\(line): `same` is \(pair.isSame), and \(before.isSame) for the same pair on line "
            + "\(before.line): keep the line that is right")
      }
    }
    guard problems.isEmpty else { throw CommandFailure(BatchRequests.list(problems)) }
    return pairs
  }

  private static func lines(_ bytes: [UInt8], _ path: String) throws(CommandFailure) -> Reading {
    var reading = Reading()
    for (number, line) in RequestFile.lines(of: bytes) {
      let place = "\(path):\(number)"
      do throws(JSONProblem) {
        let root = try JSONText(Array(line)).root
        guard let one = root["a"]?.string, let other = root["b"]?.string else {
          reading.problems.append("\(place): a pair has the texts `a` and `b`")
          continue
        }
        guard let isSame = root["same"]?.bool else {
          reading.problems.append(
            "\(place): `same` is true where one answer serves both questions, else false")
          continue
        }
        reading.add(LabelledPair(one, other, isSame: isSame), at: number)
      } catch {
        reading.problems.append("\(place): \(error.description)")
      }
    }
    return reading
  }

  private static func cells(_ bytes: [UInt8], _ path: String) throws(CommandFailure) -> Reading {
    var given = false
    var reader = CSVReader { () throws(ImportFailure) -> [UInt8] in
      defer { given = true }
      return given ? [] : bytes
    }
    var records: [CSVRecord] = []
    do throws(ImportFailure) {
      while let record = try reader.next() { records.append(record) }
    } catch {
      throw CommandFailure("\(path): \(error)")
    }
    let header = records.first?.fields.map { $0.text ?? "" } ?? []
    guard let a = header.firstIndex(of: "a"), let b = header.firstIndex(of: "b"),
      let same = header.firstIndex(of: "same")
    else {
      throw CommandFailure(
        "\(path):1: pairs are lines of JSON, or CSV with the columns `a`, `b` and `same`")
    }
    var reading = Reading()
    for record in records.dropFirst() {
      let texts = record.fields.map { $0.text ?? "" }
      let place = "\(path):\(record.line)"
      guard record.problem == nil, texts.indices.contains(max(a, b, same)) else {
        reading.problems.append("\(place): a record has the columns of the first line")
        continue
      }
      switch texts[same] {
      case "true", "1", "yes":
        reading.add(LabelledPair(texts[a], texts[b], isSame: true), at: record.line)
      case "false", "0", "no":
        reading.add(LabelledPair(texts[a], texts[b], isSame: false), at: record.line)
      default: reading.problems.append("\(place): `same` is true or false")
      }
    }
    return reading
  }
}
