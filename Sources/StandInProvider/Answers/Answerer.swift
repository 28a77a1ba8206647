import PolicySource

/// Answers chat calls by rule: the same call gets the same answer, in every run and process.
///
/// Each question has a difficulty, a hash of its text raised by the marks of a hard one; a model
/// whose quality is above it answers well, one below it answers badly: with a refusal, in a word, or
/// by repeating the question. So a ladder's gates have something to decide.
struct Answerer {
  let call: ChatCall
  let profile: ModelProfile
  let rule: Rule?

  func completion(fault: Fault?) -> Completion {
    let toolCalls = rule?.answer == nil ? ToolAnswer(call).calls : []
    let batch = rule?.answer == nil ? BatchAnswer(call, profile) : nil
    var answer = rule?.answer ?? batch?.text(fault) ?? (toolCalls.isEmpty ? text : "")
    var finish =
      rule?.finish.flatMap(Completion.Finish.init) ?? (toolCalls.isEmpty ? .stop : .toolCalls)
    if fault == .finishFiltered {
      answer = String(answer.prefix(answer.count / 2))
      finish = .contentFilter
    }
    for stop in call.stops where !stop.isEmpty {
      if let place = answer.firstRange(of: stop) { answer = String(answer[..<place.lowerBound]) }
    }

    let arguments = toolCalls.reduce(0) { $0 + Tokens.count($1.arguments) + 4 }
    var pieces = Tokens.pieces(of: answer)
    var reasoning = profile.reasons ? 2 * pieces.count + 16 : 0
    if let limit = call.maxTokens, pieces.count + reasoning + arguments > limit {
      // Thinking comes first and is paid first, but a limit leaves something for the answer.
      reasoning = min(reasoning, limit / 2)
      if pieces.count > limit - reasoning {
        pieces = Array(pieces.prefix(limit - reasoning))
        answer = pieces.joined()
        finish = .length
      }
    }
    let usage = Completion.Usage(
      prompt: call.promptTokens, completion: pieces.count + reasoning + arguments,
      reasoning: reasoning)
    return Completion(
      id: id, model: call.model, content: answer, toolCalls: toolCalls, finish: finish,
      usage: usage)
  }

  private var id: String {
    let fields = [call.model] + call.messages.flatMap { [$0.role, $0.text] }
    return "chatcmpl-\(StableHash.digest(ofFields: fields).short)"
  }

  private var text: String {
    if let score = JudgeAnswer(call).text { return score }
    if profile.reads, case .text = call.format, let text = ReadAnswer(call).text { return text }
    let difficulty = Difficulty(of: call.question)
    guard difficulty.millionths < profile.quality else { return WeakAnswer(call, profile).text }
    switch call.format {
    case .schema(let schema): return SchemaAnswer(for: call.question).json(schema)
    case .json: return SchemaAnswer(for: call.question).freeObject
    case .text: return GoodAnswer(call).text
    }
  }
}

/// How hard a question is, in millionths: a hash of its text, raised by the marks of a hard one.
struct Difficulty {
  let millionths: Int64

  private static let marks = [
    "root cause", "step by step", "prove", "trade-off", "edge case", "contradict", "derive",
  ]

  init(of question: String) {
    let lowered = question.lowercased()
    let hard = Int64(Self.marks.count { lowered.contains($0) })
    let luck = StableHash.digest(ofFields: [Self.draw, question]).millionth
    millionths = min(999_999, luck + 60_000 * hard)
  }

  /// Another text would make other questions the hard ones.
  ///
  /// With this one the shipped example requests end as those of the field notes: 81, 15 and 4 of a
  /// hundred at the three tiers.
  private static let draw = "difficulty 114"
}
