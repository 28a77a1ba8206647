import OpenAIWire
import PolicyCompiler
import PolicyGraph
import PolicySemantics
import PolicySource
import RoutingBudgets
import RoutingLedger
import RoutingRuntime

/// The questions of requests as they came, in their order, and where each of them goes.
struct QuestionLog: Sendable {
  struct Question: Sendable {
    let text: String
    let route: String
    /// All of its request but the question: only questions of one such setting may share an answer.
    let setting: String
  }

  let questions: [Question]
  let requests: Int
  /// Those without a question, those whose route hangs on a classifier, and those refused.
  let silent: Int
  let undecided: Int
  let refused: Int
  /// Rows of a ledger whose text was not kept, or is gone.
  let withoutText: Int

  /// `path` is a file of requests, or a ledger that kept texts.
  init(_ path: String, _ desk: DecisionDesk) throws(CommandFailure) {
    let (files, withoutText) = try Self.requests(path)
    var questions: [Question] = []
    var counts = (silent: 0, undecided: 0, refused: 0)
    for file in files {
      let input = try desk.input(for: file)
      guard let place = input.messages.lastIndex(where: { $0.role == .user }),
        input.messages[place].text.contains(where: { !$0.isWhitespace })
      else {
        counts.silent += 1
        continue
      }
      let decision: Decision
      do throws(FactProblem) {
        decision = try desk.decider.decide(input, expecting: desk.expectations)
      } catch {
        throw CommandFailure("\(file.name): \(error)")
      }
      switch decision.outcome {
      case .needs: counts.undecided += 1
      case .refused: counts.refused += 1
      case .route(let id):
        questions.append(
          Question(
            text: input.messages[place].text, route: desk.compiled.policy[id].name,
            setting: Self.setting(of: file.request, without: place)))
      }
    }
    self.questions = questions
    requests = files.count
    (silent, undecided, refused) = (counts.silent, counts.undecided, counts.refused)
    self.withoutText = withoutText
  }

  /// The other messages, the tools, the format and the caller, as they stand.
  private static func setting(of request: ChatRequest, without question: Int) -> String {
    var hash = StableHash()
    for (index, message) in request.messages.enumerated() where index != question {
      hash.combine("\(message.role)")
      hash.combine(message.text)
      hash.combine("\(message.otherBytes)")
    }
    hash.combine("\(question) \(request.format) \(request.choices)")
    hash.combine("\(request.tools.map(\.name)) \(request.user ?? "")")
    hash.combine("\(request.schemaBytes)")
    return hash.digest.hex
  }

  private static func requests(
    _ path: String
  ) throws(CommandFailure) -> (files: [RequestFile], withoutText: Int) {
    guard let start = Files.bytes(path)?.prefix(15), start.elementsEqual("SQLite format 3".utf8)
    else {
      return (try RequestFile.all(in: path), 0)
    }
    var files: [RequestFile] = []
    var withoutText = 0
    do throws(LedgerFailure) {
      let reader = try LedgerReader(path: path)
      var rows: [RequestID] = []
      try reader.forEach {
        rows.append($0.entry.id)
        return true
      }
      for row in rows {
        guard let text = try reader.text(of: row) else {
          withoutText += 1
          continue
        }
        do throws(WireProblem) {
          files.append(RequestFile("\(row)", try ChatRequest(text.prompt)))
        } catch {
          withoutText += 1
        }
      }
    } catch {
      throw CommandFailure("\(error)", exit: .couldNotRun)
    }
    guard !files.isEmpty else {
      throw CommandFailure(
        "`\(path)` kept no texts: a ledger keeps them with --keep-prompts, for as long as that says"
      )
    }
    return (files, withoutText)
  }
}
