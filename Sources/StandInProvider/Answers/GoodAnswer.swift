/// A plausible answer that speaks of what was asked, in the language it was asked in.
struct GoodAnswer {
  private let call: ChatCall
  private let question: String
  private let lowered: String

  init(_ call: ChatCall) {
    self.call = call
    question = call.question
    lowered = call.question.lowercased()
  }

  var text: String {
    if let label { return label }
    if asks("translate", "translation") { return translation }
    if asks("summarize", "summary", "summarise") { return summary }
    if asks("code", "debug", "refactor", "implement", "function") { return code }
    if asks("root cause", "step by step", "prove", "derive") { return steps }
    return SpokenLanguage(of: question).answer(about: topics)
  }

  private func asks(_ words: String...) -> Bool { words.contains { lowered.contains($0) } }

  /// The words of the question that carry it: the longest five, in written order.
  private var topics: [String] {
    let words = question.split(whereSeparator: { !$0.isLetter && !$0.isNumber && $0 != "-" })
    var seen: Set<String> = []
    let carrying = words.map(String.init).filter {
      $0.count > 3 && seen.insert($0.lowercased()).inserted
    }
    let longest = Set(carrying.sorted { ($1.count, $0) < ($0.count, $1) }.prefix(5))
    return carrying.filter(longest.contains)
  }

  private var topic: String { topics.joined(separator: ", ") }

  /// One of the labels offered by `as a, b or c` or `one of a, b, c`; the one the text itself speaks
  /// of, else the first.
  private var label: String? {
    guard asks("classify", "categorize", "one of", "label", "which field", "sentiment") else {
      return nil
    }
    let text = question + "\n" + call.surroundings
    for opening in [" one of ", " as ", ": "] {
      guard let place = text.firstRange(of: opening) else { continue }
      let offer = text[place.upperBound...].prefix { !":.?\"\n(".contains($0) }
      let labels = offer.split(separator: ",").flatMap { $0.split(separator: " or ") }
        .map { $0.split(separator: " ").joined(separator: " ") }.filter { !$0.isEmpty }
      guard labels.count >= 2, labels.allSatisfy({ $0.count <= 24 }) else { continue }
      let rest = text[offer.endIndex...].lowercased()
      return labels.first { rest.contains($0.lowercased()) } ?? labels.first
    }
    return nil
  }

  private var translation: String {
    let target = SpokenLanguage.named(in: lowered)
    return target.answer(about: topics)
  }

  private var summary: String {
    let sentences = (question + " " + call.surroundings).split(whereSeparator: {
      ".!?\n".contains($0)
    })
    let longest = sentences.max { $0.count < $1.count } ?? ""
    return "In short: \(longest.split(separator: " ").prefix(24).joined(separator: " ")). "
      + "The points that matter are \(topic)."
  }

  private var code: String {
    let name = topics.prefix(3).map { $0.lowercased().filter { $0.isLetter && $0.isASCII } }
      .filter { !$0.isEmpty }.joined(separator: "_")
    return """
      Here is a version that handles \(topic):

      ```python
      def \(name.isEmpty ? "solve" : name)(items):
          result = []
          for item in items:
              if item is None:
                  continue
              result.append(item)
          return result
      ```

      It skips missing entries, keeps the order and runs in linear time.
      """
  }

  private var steps: String {
    """
    1. What is given: \(topic).
    2. Each of these is checked on its own; those that hold in every case can be left out.
    3. What remains explains the observation, and nothing smaller does.
    So the answer follows from \(topics.last ?? "the premises").
    """
  }
}
