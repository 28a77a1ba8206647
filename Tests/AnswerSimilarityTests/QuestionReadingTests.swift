import RoutingTestSupport
import Testing

@testable import AnswerSimilarity

@Suite struct `Reading questions` {
  private func difference(_ one: String, _ other: String) -> QuestionDifference? {
    QuestionReading(one).difference(from: QuestionReading(other))
  }

  @Test func `a forgotten password is a password to reset`() {
    let found = difference("how do I reset my password?", "I forgot my password, what do I do?")
    #expect(found == nil)
  }

  @Test(arguments: [
    ("turn on sync", "turn off sync", QuestionDifference.opposite),
    ("how do I go from Oslo to Bergen", "how do I go from Bergen to Oslo", .direction),
    ("is 5 km far", "is 6 km far", .number),
    ("is 5 km far", "is 5 miles far", .unit),
    ("is it open on 3 May", "is it open on 4 May", .date),
    ("is it open today", "is it open tomorrow", .date),
    ("did Anna call", "did Berta call", .name),
    ("can I smoke here", "can I not smoke here", .negation),
    ("what does `ls -l` do", "what does `ls -a` do", .code),
    ("what does \"so\" mean", "what does \"as\" mean", .quote),
    ("is v1.2.3 out", "is v1.2.4 out", .identifier),
    ("what is 3 + 4", "what is 3 * 4", .symbol),
    ("do all plans have it", "do some plans have it", .quantity),
    ("which is cheaper", "which is better", .comparison),
    ("when does it close", "why does it close", .question),
    ("when does it close", "when did it close", .tense),
    ("may I go", "must I go", .modality),
    ("can he go", "can she go", .person),
    ("how do I bake bread", "how do I bake cake", .word),
    ("Wie ist das Wetter heute?", "What is the weather like today?", .language),
    ("Kan ik mijn bestelling annuleren?", "Kan ik mijn bestelling volgen?", .unreadLanguage),
    ("Is 5 Mb/s fast?", "Is 5 MB/s fast?", .unit),
    ("is 5 mw much", "is 5 MW much", .unit),
    ("Is 5 mW much?", "Is 5 MW much?", .unit),
    ("Is 50GB enough?", "Is 50 Gb enough?", .unit),
    ("Is 5g enough?", "Is 5G enough?", .unit),
    ("Is it 5 m?", "Is it 5 M?", .unit),
    ("Is 5Mb/s fast?", "Is 5MB/s fast?", .identifier),
    ("How do I pay Bill?", "How do I pay the bill?", .name),
    ("how do i pay bill", "How do I pay Bill?", .name),
    ("Does it ship to us?", "Does it ship to US?", .name),
    ("How do I invite teams?", "How do I invite Teams?", .name),
    ("What does getUser do?", "What does getuser do?", .name),
    ("What does getUser do?", "What does GetUser do?", .name),
    ("Is the S21 out?", "Is the s21 out?", .name),
    ("Is polish remover good?", "Is Polish remover good?", .name),
    ("Let's eat, grandma", "Let's eat grandma", .pause),
    ("No, price alerts are bad?", "No price alerts are bad?", .negation),
    ("Are pickled eggs, cheese and ham cold?", "Are pickled eggs cheese and ham cold?", .pause),
    ("Is 1,5 km far?", "Is 15 km far?", .number),
    ("Ist 1,500 kg schwer für ein Auto?", "Ist 1500 kg schwer für ein Auto?", .number),
    ("What does git add -A do?", "What does git add -a do?", .identifier),
    ("What does rm -rf . do?", "What does rm -rf .. do?", .symbol),
    ("What is i++?", "What is ++i?", .symbol),
    ("Is it x'?", "Is it x?", .identifier),
    ("Is foo-bar out?", "Is foo bar out?", .identifier),
    ("What if he does and she does not?", "What if he does not and she does?", .negation),
    ("Il ne peut pas venir", "Il peut ne pas venir", .negation),
    ("It is me, not you", "It is not me, you", .negation),
    ("Only he can see it", "He can only see it", .quantity),
    ("Can I pay just the deposit?", "Can just I pay the deposit?", .direction),
    ("Do I move my number to your network?", "Do I move your number to my network?", .person),
    ("Who does he love?", "Who loves him?", .person),
    ("Kann ich ihnen helfen?", "Kann ich Ihnen helfen?", .person),
    ("Is this above that?", "Is that above this?", .direction),
    ("Can I or should I?", "Should I or can I?", .direction),
    ("Turn it on then off", "Turn it off then on", .direction),
    ("Hilft dem Mann die Frau?", "Hilft der Mann der Frau?", .direction),
    ("Le livre", "La livre", .direction),
    ("Казнить, нельзя помиловать", "Казнить нельзя, помиловать", .pause),
  ])
  func `each guard stops what it is there for`(
    one: String, other: String, expected: QuestionDifference
  ) {
    let found = difference(one, other)
    #expect(found == expected)
  }

  @Test(arguments: [
    ("Is it 25 km?", "is it twenty-five kilometers"),
    ("Is it 1,000 dollars?", "Is it $1000?"),
    ("Is it 5 percent?", "is it 5%"),
    ("at 5 pm", "at 17:00"),
    ("the 3rd of May 2024", "May 3, 2024"),
    ("turn the radio on", "turn on the radio"),
    ("I don’t know Anna", "I do not know Anna"),
    ("the price of the ticket", "the ticket price"),
    ("Kan ik mijn bestelling annuleren?", "kan ik mijn bestelling annuleren"),
    ("How do I pay the bill?", "how do i pay the bill"),
    ("What's the weather in Oslo?", "whats the weather in oslo"),
    ("How Do I Install The New Firefox?", "How do I install the new Firefox?"),
    ("is my iphone charging", "Is my iPhone charging?"),
    ("Is the Galaxy S21 out?", "is the galaxy s21 out"),
    ("Hi, Turn off sync", "turn off sync"),
    ("Is 5 KM far?", "Is 5 km far?"),
    ("Is 50 GB enough?", "is 50GB enough"),
    ("I forgot my password, what do I do?", "I forgot my password what do I do"),
    ("Do apples, pears and plums keep?", "Do apples, pears, and plums keep?"),
    ("In Oslo, is it cold?", "In Oslo is it cold?"),
    ("How do I cancel my order, please?", "How do I cancel my order"),
    ("I can't log in", "I cannot log in"),
    ("I just want to cancel my order", "How do I cancel my order?"),
    ("How do I set up two-factor sign-in?", "how can I set up two-factor sign in"),
    ("Is it twenty-five km?", "Is it twenty five km?"),
    ("Est-ce permis ?", "Est-ce permis?"),
    ("¿Puedo pagar?", "puedo pagar"),
  ])
  func `what says the same is the same`(one: String, other: String) {
    let found = difference(one, other)
    #expect(found == nil)
  }

  @Test func `every guard is tried by name, and every kind has words`() {
    for kind in QuestionDifference.allCases { #expect(!kind.inWords.isEmpty) }
    #expect(
      Set(QuestionDifference.allCases.map(\.inWords)).count == QuestionDifference.allCases.count)
  }

  @Test(arguments: Lexicon.all.map(\.code))
  func `no paraphrase joins a word and its opposite`(code: String) throws {
    let lexicon = try #require(Lexicon.of(code))
    for (word, poles) in lexicon.poles {
      for (other, others) in lexicon.poles where poles.contains(where: { others.contains(-$0) }) {
        let one = lexicon.paraphrases[word] ?? word
        let two = lexicon.paraphrases[other] ?? other
        #expect(one != two, "\(word) and \(other)")
        for (_, words) in lexicon.anchored {
          let joined = words[word] != nil && words[word] == words[other]
          #expect(!joined, "\(word) and \(other)")
        }
      }
    }
  }

  @Test func `any text can be read, and is itself`() {
    let seed: UInt64 = 20_240_611
    var random = SplitMix(state: seed)
    let pieces = [
      "a", "not", "I", " ", " ", "\n", "`", "``", "```", "\"", "“", "'", "5", "-5", "$", "%", "1,0",
      "May", "3", "of", "to", "from", "٣", "é", "e\u{301}", "\u{200D}", "👩‍👩‍👧", "日本", "/", "\\", "@",
      ".",
      "::", "{", "}", "what", "do", "?", "-", "—", "hundred", "million", "9999999999999999999",
      "am",
      "turn", "on", "\0", "\u{FEFF}", "ß", "İ", "can't", "n't", "#1", "first", "billion",
    ]
    var texts: [String] = []
    for _ in 0..<20_000 {
      var text = ""
      for _ in 0..<Int.random(in: 0..<14, using: &random) {
        text += pieces.randomElement(using: &random) ?? ""
        if Bool.random(using: &random) { text += " " }
      }
      texts.append(text)
    }
    var shared = 0
    for index in texts.indices {
      let one = QuestionReading(texts[index])
      let itself = one.difference(from: QuestionReading(texts[index]))
      #expect(itself == nil, "\(texts[index].debugDescription)")
      let other = QuestionReading(texts[(index + 1) % texts.count])
      let (there, back) = (one.difference(from: other), other.difference(from: one))
      #expect((there == nil) == (back == nil), "seed \(seed), \(texts[index].debugDescription)")
      if there == nil { shared += 1 }
    }
    print("texts read: \(texts.count), seed \(seed); \(shared) neighbours alike")
  }

  @Test(arguments: [
    "one million `x` not \"so\" from 5 km to May 3 turn it on, ", "?!", "?! ", "( ", "„", "« ", "'",
    "price of x of ", "a-", "not he ", "``` ` ",
  ])
  func `a long text is read in its length`(piece: String) {
    let clock = ContinuousClock()
    let short = String(repeating: piece, count: 12_000 / piece.utf8.count)
    let long = String(repeating: short, count: 16)
    let brief = clock.measure { _ = QuestionReading(short) }
    let lengthy = clock.measure { _ = QuestionReading(long) }
    print("\(short.utf8.count) bytes in \(brief), \(long.utf8.count) in \(lengthy)")
    #expect(lengthy < brief * 80 + .milliseconds(100))
  }
}
