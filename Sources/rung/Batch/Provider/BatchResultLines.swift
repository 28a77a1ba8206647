import OpenAIWire
import RoutingCalls

/// What the files of a batch say of each request.
struct BatchResultLines {
  private var results: [String: [BatchOutputLine.Result]] = [:]
  /// Lines of the file of answers, and of the file of errors.
  private var answers: Int64 = 0
  private var errors: Int64 = 0
  /// Whether there may be answers nobody has read: a file ends in a piece of a line, or has no line of a
  /// batch at all.
  private(set) var isDoubtful = false

  mutating func read(_ bytes: [UInt8], isErrors: Bool) {
    let pieces = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
    var found: Int64 = 0
    for (index, piece) in pieces.enumerated() where !piece.allSatisfy(\.isBlank) {
      guard let line = BatchOutputLine(Array(piece)) else {
        // A last line needs no line break, but it has to be whole.
        if index == pieces.count - 1 { isDoubtful = true }
        continue
      }
      found += 1
      let known = results[line.customID, default: []]
      if !known.contains(where: { $0.saysTheSame(as: line.result) }) {
        results[line.customID, default: []].append(line.result)
      }
    }
    if found == 0 { isDoubtful = true }
    if isErrors { errors += found } else { answers += found }
  }

  /// There are answers somewhere else.
  mutating func doubt() { isDoubtful = true }

  /// Whether there are as many lines as the provider counts; some write what failed beside the answers.
  func covers(_ counts: ProviderBatch.Counts?) -> Bool {
    guard let counts else { return true }
    let (all, isTooMany) = counts.completed.addingReportingOverflow(counts.failed)
    return answers >= counts.completed && (isTooMany || answers + errors >= all)
  }

  /// Whether a line tells of a request.
  func has(_ name: String) -> Bool { results[name] != nil }

  /// Names nobody asked under.
  func strangers(beside names: Set<String>) -> Int {
    results.keys.count { !names.contains($0) }
  }

  /// What a batch that is over has brought for a request.
  func kind(of name: String, in batch: ProviderBatch) -> BroughtAnswer.Kind {
    guard let found = results[name] else {
      // Turned away as a whole: no line of it was looked at.
      if batch.status == .failed {
        let problem = batch.problems.first ?? "it does not say why"
        return .notMade(problem: Terminal.harmless("the batch was turned away: \(problem)"))
      }
      return .unknown(
        problem: "the batch ended as \(batch.status?.rawValue ?? "nothing") without a line for it")
    }
    // An answer was worked on, whatever a line of errors says beside it.
    let answered = found.filter(\.isAnswered)
    let told = answered.isEmpty ? found : answered
    guard told.count == 1, let result = told.first else {
      return .unknown(problem: "the batch has different lines for it")
    }
    switch result {
    case .answered(let status, let body): return .answered(status: status, body: body)
    case .failed(let code, let message):
      return .notMade(problem: Terminal.harmless("\(code): \(message)"))
    }
  }
}

extension BatchOutputLine.Result {
  fileprivate var isAnswered: Bool {
    switch self {
    case .answered: true
    case .failed: false
    }
  }

  /// Whether they differ in nothing but white space between the tokens of an answer.
  fileprivate func saysTheSame(as other: Self) -> Bool {
    switch (self, other) {
    case (.answered(let status, let body), .answered(let otherStatus, let otherBody)):
      status == otherStatus && body.withoutSpace == otherBody.withoutSpace
    case (.failed, .failed): self == other
    case (.answered, .failed), (.failed, .answered): false
    }
  }
}

extension [UInt8] {
  /// JSON without the white space between its tokens.
  fileprivate var withoutSpace: [UInt8] {
    var kept: [UInt8] = []
    kept.reserveCapacity(count)
    var isText = false
    var isEscaped = false
    for byte in self {
      if isText {
        if isEscaped {
          isEscaped = false
        } else if byte == UInt8(ascii: "\\") {
          isEscaped = true
        } else if byte == UInt8(ascii: "\"") {
          isText = false
        }
      } else if byte.isBlank || byte == 0x0A {
        continue
      } else if byte == UInt8(ascii: "\"") {
        isText = true
      }
      kept.append(byte)
    }
    return kept
  }
}

extension UInt8 {
  fileprivate var isBlank: Bool { self == 0x20 || self == 0x0D || self == 0x09 }
}
