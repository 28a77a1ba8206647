import RoutingTestSupport
import Testing

@testable import ContextCompression

@Suite struct `Sentences that depend on others` {
  private func dependence(_ sentence: String, _ language: ClosedLanguage = .english) -> Dependence {
    let bytes = Array(sentence.utf8)
    return .of(bytes, bytes.indices, in: language, isSentence: true)
  }

  @Test(arguments: [
    "Labels are printed at home.", "A parcel may weigh up to 25 kg.", "We do not refund parcels.",
    "Parcels of size M cost 4.10 to send.", "Ana leads the desk in Leeds.",
    "In December the desks in Leeds stay open until 20:00.", "There are three plans.",
    "Cooled parcels cannot be kept longer than 24 hours.", "You get an answer within three days.",
    "The code for a cooled door is sent by text message.", "Keeping a parcel longer costs 1.50.",
    "If the parcel of a member comes late, we pay for it.",
    "Accounts that were not used are closed.",
    "To reset the password, choose Forgot password.", "Version 1 of the interface is switched off.",
    "A return is free up to 10 kg; above that the shop is asked.",
    "If the temperature was above 8 degrees for long, the screen tells you.",
  ])
  func `are not those that name what they speak of`(sentence: String) {
    let found = dependence(sentence)
    #expect(found == .none || sentence.hasPrefix("If the") && found == .nearest, "\(found)")
  }

  @Test func `go on from the one before, speak of the passage, or of the text`() {
    #expect(dependence("It is closed on Sundays.") == .nearest)
    #expect(dependence("The receipt is sent by e-mail.") == .nearest)
    #expect(dependence("This does not hold in May.") == .passage)
    #expect(dependence("The offer is not made to firms.") == .passage)
    #expect(dependence("Every fee is in Canadian dollars.") == .passage)
    #expect(dependence("Nothing of this is binding.") == .text)
    #expect(dependence("Unless you are a member, double the sum.") == .text)
  }

  @Test func `are entries of a list that bound what another one says`() {
    func entry(_ text: String) -> Dependence {
      let bytes = Array(text.utf8)
      return .of(bytes, bytes.indices, in: .english, isSentence: false)
    }
    for bound in [
      "At most two in liver disease.", "Not in May.", "No parcels above 20 kg", "Never on Sundays",
      "Most of the time in May", "Only with a badge",
    ] {
      #expect(entry(bound) == .passage, "\(bound)")
    }
    for whole in ["Fees: none", "Two desks in Leeds", "In Leeds until eight", "Paint for doors"] {
      #expect(entry(whole) == .none, "\(whole)")
    }
  }

  @Test func `are all that are not shown to stand alone`() {
    let bytes = Array("これは500円です。".utf8)
    #expect(Dependence.of(bytes, bytes.indices, in: nil, isSentence: true) == .unshown)
    #expect(dependence("Void where prohibited.") == .unshown)
    #expect(dependence("Cats chase grey mice daily.") == .unshown)
    #expect(dependence("Wahrlich, so sei es.", .german) == .unshown)
  }

  // MARK: - What is left of a text

  /// Where a sentence stands that changes what is said of the toll.
  enum Place: String, CaseIterable, Sendable {
    case behind = "right behind it", below = "in the paragraph below"
    case farther = "two paragraphs below", next = "in the next chapter"
  }

  /// A context for a sentence, and the part of it that is asked for.
  private struct Context {
    let fact: String
    let question: String
    let others: [String]
    let heading: String
  }

  private static func context(_ language: ClosedLanguage?) -> Context {
    switch language {
    case .german:
      Context(
        fact: "Ein Wagen zahlt an der Brücke einen Zoll von drei Talern.",
        question: "Wie hoch ist der Zoll an der Brücke?",
        others: [
          "Ein Bäcker hat sein Haus am Markt und ist dort um sechs Uhr zu sehen.",
          "Ein Maler aus Ulm hat im Mai die Tür der Kirche gemalt.",
          "Ein Garten mit zwei Bäumen ist hinter dem Haus des Bäckers.",
        ], heading: "Leute")
    case .french:
      Context(
        fact: "Un chariot paie au pont un péage de trois écus.",
        question: "Combien coûte le péage au pont ?",
        others: [
          "Un boulanger a une maison sur la place et y est dès six heures.",
          "Un peintre de Lyon a peint une porte de l'église en mai.",
          "Un jardin avec deux arbres est derrière une maison de la place.",
        ], heading: "Gens")
    case .spanish:
      Context(
        fact: "Un carro paga en el puente un peaje de tres ducados.",
        question: "¿Cuánto es el peaje en el puente?",
        others: [
          "Un panadero tiene una casa en la plaza y está en ella a las seis.",
          "Un pintor de Cádiz ha pintado una puerta de la iglesia en mayo.",
          "Un jardín con dos árboles está detrás de una casa de la plaza.",
        ], heading: "Gente")
    case .english, nil:
      Context(
        fact: "A coach has to bring a toll of three crowns to the bridge.",
        question: "What is the toll of a coach at the bridge?",
        others: [
          "A baker has a shop at the market and is seen in the shop from six in the morning.",
          "A painter from Hull has made a picture of the church in a week of May.",
          "A garden with two trees is found behind a house at the market.",
        ], heading: "People")
    }
  }

  /// Whether what is asked for is kept, and the sentence.
  private func left(
    _ sentence: String, _ language: ClosedLanguage?, _ place: Place
  ) -> (fact: Bool, sentence: Bool) {
    let it = Self.context(language)
    let filler = it.others.joined(separator: " ")
    let text =
      switch place {
      case .behind: "# A\n\n\(it.fact) \(sentence) \(filler)\n\n\(filler.dropLast(20)).\n"
      case .below: "# A\n\n\(it.fact)\n\n\(sentence)\n\n\(filler)\n\n\(filler.dropLast(20)).\n"
      case .farther: "# A\n\n\(it.fact)\n\n\(filler)\n\n\(sentence)\n\n\(filler.dropLast(20)).\n"
      case .next:
        "# A\n\n\(it.fact)\n\n\(filler)\n\n# \(it.heading)\n\n\(sentence) \(filler.dropLast(20)).\n"
      }
    // Room for what is asked for, its heading and little more.
    let room = it.fact.utf8.count + sentence.utf8.count / 2 + 14
    let share = Int64(room * 1_000_000 / text.utf8.count)
    let made = ContextCompressor(.extractive(.share(share)))
      .compress(ContextText.asked(it.question, of: text))
    if case .checkFailed(let problem) = made.outcome { Issue.record("\(problem)") }
    let after = made.messages[1].texts[0].text
    return (after.contains(it.fact), after.contains(sentence))
  }

  struct Sample: Sendable, CustomTestStringConvertible {
    let name: String
    let language: ClosedLanguage?
    let sentences: [String]
    /// How many of a hundred are kept at least: behind what they change, and farther off.
    let near: Int
    let far: Int
    var testDescription: String { name }
  }

  @Test(arguments: [
    Sample(
      name: "English", language: .english, sentences: SentencesThatDepend.english, near: 95, far: 60
    ),
    Sample(
      name: "German", language: .german, sentences: SentencesThatDepend.german, near: 95, far: 60),
    Sample(
      name: "French", language: .french, sentences: SentencesThatDepend.french, near: 95, far: 60),
    Sample(
      name: "Spanish", language: .spanish, sentences: SentencesThatDepend.spanish, near: 95, far: 60
    ),
    Sample(
      name: "another language", language: nil, sentences: SentencesThatDepend.others, near: 95,
      far: 0),
  ])
  func `stay with what they change`(sample: Sample) {
    for place in Place.allCases {
      let results = sample.sentences.map { ($0, left($0, sample.language, place)) }
      #expect(results.count { $0.1.fact } * 100 >= results.count * 90)
      let lost = results.filter { !$0.1.sentence }.map(\.0)
      let kept = sample.sentences.count - lost.count
      SharedData.say(
        "\(sample.name), \(place.rawValue): \(kept) of \(sample.sentences.count) kept; lost: \(lost)"
      )
      let least = place == .behind || place == .below ? sample.near : sample.far
      #expect(kept * 100 >= sample.sentences.count * least)
    }
  }

  @Test func `go with their passage`() {
    let text =
      "# Dogs\n\nA dog may enter the hall. This is no good idea in May.\n\n"
      + "# Fees\n\nA parcel of a member costs two euros to send."
    let made = ContextCompressor(.extractive(.share(500_000)))
      .compress(ContextText.asked("What does it cost to send a parcel?", of: text))
    #expect(
      made.messages[1].texts[0].text == "# Fees\n\nA parcel of a member costs two euros to send.")
  }

  @Test func `are no copies where they stand under another rule`() {
    let bound = "This does not hold in May, when all of the halls are painted by a friend of Ana."
    let text =
      "Dogs may enter the hall of York.\n\n\(bound)\n\nCats may enter the hall of Hull.\n\n\(bound)"
    let messages = ContextText.asked("May cats enter?", of: text)
    let made = ContextCompressor(.lossless).compress(messages)
    #expect(made.messages[1].texts[0].text == text)
  }
}
