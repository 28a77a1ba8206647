/// A question in several wordings that ask the same, with slots: `{city}`, `{city2}`, `{on}`.
///
/// A pair is made of two wordings, or of one twice, whose slots are filled alike but for one change.
struct PairTemplate {
  /// What may be changed in it.
  enum Change: String, CaseIterable {
    case onOff, swap, number, date, name, negation
  }

  let changes: [Change]
  let wordings: [String]

  init(_ changes: [Change], _ wordings: String...) {
    self.changes = changes
    self.wordings = wordings
  }

  static let all: [PairTemplate] = [
    PairTemplate(
      [.swap, .name], "Which trains go from {city} to {city2}?",
      "Which trains go to {city2} from {city}?"),
    PairTemplate(
      [.swap, .name, .date], "Are there flights from {city} to {city2} {date}?",
      "{date}, are there flights from {city} to {city2}?"),
    PairTemplate([.swap], "How far is {city} from {city2}?"),
    PairTemplate([.swap, .name], "{city} to {city2} by bus"),
    PairTemplate([.swap], "Is {city} bigger than {city2}?"),
    PairTemplate([.swap, .name], "Is {product} faster than {product2}?"),
    PairTemplate([.swap, .name], "{product} vs {product2}, pros and cons"),
    PairTemplate([.swap, .name], "Does {person} pay {person2}?"),
    PairTemplate(
      [.swap, .number], "How do I send ${number} from {person} to {person2}?",
      "How can I send {number} dollars from {person} to {person2}?"),
    PairTemplate([.swap], "What did {person} tell {person2}?"),
    PairTemplate([.swap], "Can {person} see what {person2} writes?"),
    PairTemplate([.swap], "Was {person} hired by {person2}?"),
    PairTemplate([.swap], "Why does {person} owe {person2} money?"),
    PairTemplate([.swap], "convert {unit} to {unit2}", "convert from {unit} to {unit2}"),
    PairTemplate([.swap, .number], "How many {unit} are {number} {unit2}?"),
    PairTemplate([.swap], "translate a letter from {tongue} into {tongue2}"),
    PairTemplate(
      [.swap], "How do I move files from {place} to {place2}?",
      "how to move files from {place} to {place2}"),
    PairTemplate([.swap], "Is {place} inside {place2}?"),
    PairTemplate(
      [.onOff], "How do I turn {on} {thing}?", "How do I turn {thing} {on}?",
      "how can i switch {on} {thing}"),
    PairTemplate([.onOff], "Is {thing} {on} by default?"),
    PairTemplate(
      [.onOff, .negation], "Can I {verb} {thing}?", "is it possible to {verb} {thing}?"),
    PairTemplate(
      [.onOff], "How do I {verb} {thing}?", "I want to {verb} {thing}",
      "What is the best way to {verb} {thing}?", "Please help me {verb} {thing}."),
    PairTemplate([.onOff], "What happens when I {verb} {thing}?"),
    PairTemplate([.onOff, .negation], "Should I {verb} {thing} {when} the update?"),
    PairTemplate([.onOff, .number], "Is a {adjective} plan {with} {number} seats sold here?"),
    PairTemplate([.onOff], "Who sells the {superlative} {object} in town?"),
    PairTemplate([.onOff], "Is it {may} to park here?"),
    PairTemplate([.onOff], "Do {all} plans have phone support?"),
    PairTemplate([.number], "Can {number} people share one plan?"),
    PairTemplate([.number], "Is {number} mg a safe dose?", "is {number} milligrams a safe dose"),
    PairTemplate(
      [.number, .name], "How much are {number} tickets to {city}?",
      "What do {number} tickets to {city} cost?"),
    PairTemplate(
      [.number], "What is {number} % of {number2}?", "what's {number} percent of {number2}?"),
    PairTemplate([.number, .swap], "{number} adults and {number2} children, what's the price?"),
    PairTemplate([.number], "Does version {number} run on Linux?"),
    PairTemplate(
      [.number], "What does error {number} mean?", "What is the meaning of error {number}?"),
    PairTemplate([.number], "Is it colder than -{number} degrees?"),
    PairTemplate([.number], "wake me in {number} minutes"),
    PairTemplate([.number, .date], "Book a table for {number} {date}"),
    PairTemplate(
      [.date, .name], "What's the weather in {city} {date}?", "what is the weather in {city} {date}"
    ),
    PairTemplate([.date], "Are you open {date}?"),
    PairTemplate([.date], "Which bills are due {date}?"),
    PairTemplate([.date, .name], "Who played for {city} {date}?"),
    PairTemplate([.date], "Is {date} a holiday?"),
    PairTemplate([.date, .negation], "Will the shop be closed {date}?"),
    PairTemplate(
      [.name], "What is the capital of {country}?", "tell me the capital of {country}",
      "what's the capital of {country}"),
    PairTemplate([.name], "Do you deliver to {country}?", "Do you ship to {country}?"),
    PairTemplate([.name], "How old is {person}?"),
    PairTemplate([.name], "Is {product} waterproof?", "is the {product} waterproof"),
    PairTemplate([.name, .negation], "Does {product} support Bluetooth?"),
    PairTemplate(
      [.name], "How do I install {product}?", "how to install {product}",
      "What are the steps to install {product}?"),
    PairTemplate([.name], "who founded {product}"),
    PairTemplate([.name], "What time is it in {city}?"),
    PairTemplate([.negation], "Can I eat {food} while pregnant?"),
    PairTemplate([.negation], "Why is my {object} charging?"),
    PairTemplate([.negation], "Is {food} good for dogs?"),
    PairTemplate([.negation, .name], "Do {country} citizens need a visa for {country2}?"),
    PairTemplate([.negation], "Does the warranty cover {object} repairs?"),
    PairTemplate([.negation], "Which {food} should I buy?"),
    PairTemplate([.negation, .date], "What may I wear to the office {date}?"),
    PairTemplate([.negation, .number], "Was the {object} delivered in {number} days?"),
  ]
}

/// What the slots are filled with.
///
/// Groups of two are opposites, the rest are alike in kind.
enum PairWords {
  static let opposites: [String: [(String, String)]] = [
    "on": [("on", "off")],
    "verb": [
      ("enable", "disable"), ("lock", "unlock"), ("install", "uninstall"), ("open", "close"),
      ("start", "stop"), ("buy", "sell"), ("upload", "download"), ("import", "export"),
      ("encrypt", "decrypt"), ("mute", "unmute"), ("show", "hide"), ("add", "remove"),
      ("increase", "decrease"), ("connect", "disconnect"), ("subscribe to", "unsubscribe from"),
      ("freeze", "unfreeze"), ("allow", "block"), ("include", "exclude"), ("push", "pull"),
      ("accept", "decline"), ("upgrade", "downgrade"), ("raise", "lower"), ("sign", "cancel"),
    ],
    "when": [("before", "after"), ("during", "after"), ("before", "since")],
    "with": [
      ("with", "without"), ("over", "under"), ("with", "except"), ("including", "excluding"),
    ],
    "adjective": [
      ("cheap", "expensive"), ("public", "private"), ("large", "small"), ("monthly", "yearly"),
      ("legal", "illegal"), ("new", "old"), ("daily", "weekly"),
    ],
    "superlative": [
      ("cheapest", "dearest"), ("best", "worst"), ("biggest", "smallest"), ("fastest", "slowest"),
      ("cheapest", "cheaper"), ("oldest", "newest"), ("most popular", "least popular"),
    ],
    "may": [
      ("allowed", "forbidden"), ("legal", "illegal"), ("safe", "unsafe"),
      ("possible", "impossible"),
      ("allowed", "required"),
    ],
    "all": [
      ("all", "some"), ("all", "no"), ("both", "all"), ("many", "few"), ("most", "all"),
      ("only the", "all the"),
    ],
  ]

  static let alike: [String: [String]] = [
    "city": [
      "Paris", "Rome", "Oslo", "Bergen", "Lisbon", "Porto", "Kyoto", "Tokyo", "Lima", "Cusco",
      "Nice",
      "Lyon", "Bath", "Reading", "Mobile", "San José", "New York", "Köln", "Split", "Cork",
    ],
    "person": [
      "Anna", "Ben", "Carla", "Dmitri", "Will", "Mark", "May", "Aisha", "Chen", "Olu", "Grace",
      "Bill",
      "Dr. Who", "José", "Rose", "Frank", "Hope", "Art", "Sue", "Pat",
    ],
    "product": [
      "Galaxy S21", "Galaxy S22", "Pixel 8", "iPhone 15", "Firefox", "Chrome", "Postgres", "MySQL",
      "Python", "Ruby", "Redis", "Kafka", "Photoshop", "GIMP", "Go", "Swift", "Excel", "Word",
      "Notion",
      "Teams",
    ],
    "country": [
      "France", "Spain", "Japan", "Peru", "Kenya", "Turkey", "Chad", "Jordan", "Canada", "Austria",
      "Australia", "Niger", "Nigeria", "Iran", "Iraq", "Mali", "Malawi", "Georgia", "Guinea",
    ],
    "unit": [
      "miles", "kilometers", "pounds", "kilograms", "gallons", "liters", "inches", "feet", "cups",
    ],
    "tongue": [
      "English", "German", "Polish", "French", "Spanish", "Dutch", "Danish", "Turkish", "Thai",
    ],
    "place": [
      "the desktop", "the cloud", "a phone", "Dropbox", "the server", "the archive", "drive C",
      "the old laptop",
    ],
    "thing": [
      "sync", "the alarm", "the sandbox", "notifications", "my account", "the firewall",
      "two contracts",
      "the newsletter", "dark mode", "the camera", "the brightness", "a backup", "the guest list",
    ],
    "object": ["phone", "laptop", "bike", "sofa", "camera", "scooter", "printer", "drone"],
    "food": ["cheese", "sushi", "garlic", "grapes", "honey", "liver", "peanuts", "tofu"],
    "number": [
      "1", "2", "3", "5", "7", "10", "11", "12", "15", "17", "20", "25", "50", "70", "90", "100",
      "110",
      "150", "500", "1000", "2.5", "0.5", "5.0", "two", "three", "seven", "twelve", "thirteen",
      "thirty",
      "twenty-five", "fifty", "a hundred", "one hundred and ten", "1,500", "two thousand",
    ],
    "date": [
      "today", "tomorrow", "yesterday", "tonight", "on Monday", "on Tuesday", "on Sunday",
      "on sundays",
      "next week", "last week", "next month", "last month", "on 3 May", "on May 4th",
      "on 3 June 2024",
      "on 2024-06-04", "in January", "in june", "in 2023", "in 2024", "at 5 pm", "at 5 am",
      "at 17:30",
      "at noon", "at midnight", "on the first", "on the 2nd", "this year", "on 05/03/2024",
      "on Friday",
      "in the morning", "in the evening", "two days ago", "in two days", "before Friday",
      "after Friday",
      "until Friday", "since Friday",
    ],
  ]

  /// One sentence in several languages.
  static let translated: [[String]] = [
    [
      "How do I reset my password?", "Wie setze ich mein Passwort zurück?",
      "Comment réinitialiser mon mot de passe ?", "¿Cómo restablezco mi contraseña?",
      "Hoe stel ik mijn wachtwoord opnieuw in?", "Come reimposto la mia password?",
      "Como redefino a minha senha?", "Jak zresetować hasło?", "パスワードをリセットする方法は？",
      "Как сбросить пароль?",
    ],
    [
      "Where is my order?", "Wo ist meine Bestellung?", "Où est ma commande ?",
      "¿Dónde está mi pedido?", "Waar is mijn bestelling?", "Dov'è il mio ordine?",
      "Gdzie jest moje zamówienie?", "我的订单在哪里？", "Где мой заказ?",
    ],
    [
      "What is the weather in Paris today?", "Wie ist das Wetter heute in Paris?",
      "Quel temps fait-il à Paris aujourd'hui ?", "¿Qué tiempo hace hoy en París?",
      "Wat voor weer is het vandaag in Parijs?", "Hur är vädret i Paris idag?",
      "Qual é o tempo em Paris hoje?", "Paris'te bugün hava nasıl?",
    ],
    [
      "Can I pay by card?", "Kann ich mit Karte zahlen?", "Puis-je payer par carte ?",
      "¿Puedo pagar con tarjeta?", "Kan ik met de kaart betalen?", "Posso pagare con carta?",
      "Mogę zapłacić kartą?", "Можно заплатить картой?", "카드로 결제할 수 있나요?",
    ],
    ["PDF in Word", "PDF to Word", "PDF en Word", "PDF zu Word"],
  ]
}
