/// A policy of sixty text conditions and a prompt that meets none of them, so that all are read.
enum TextBench {
  private static let nouns = [
    "refund", "invoice", "contract", "warranty", "shipment", "passport", "mortgage", "diagnosis",
    "dosage", "lawsuit", "subpoena", "payroll", "audit", "compliance", "genome", "telescope",
    "turbine", "aqueduct", "parliament", "referendum", "symphony", "violin", "orchard", "glacier",
    "volcano",
  ]

  static let policy: String = {
    var text = "rung 1\ncatalog \"catalog.yaml\"\n"
    for (index, noun) in nouns.enumerated() {
      text += "route k\(index) when prompt mentions \"\(noun)\" { use small }\n"
      text += "route m\(index) when prompt mentions (\"\(noun)s\", \"old \(noun)\") { use large }\n"
    }
    for (index, noun) in nouns.prefix(10).enumerated() {
      text += "route x\(index) when prompt matches /(?i)\\b\(noun)[a-z]* (of|for) [0-9]+/ "
      text += "{ use small }\n"
    }
    return text + "otherwise { use large }\n"
  }()

  static let prompt: String = {
    let sentence = """
      Please look at the notes from the last planning meeting and write a short summary that a new \
      colleague can follow without having been there; mention who decided what, and by when.
      """
    var text = ""
    while text.utf8.count < 1_000 { text += sentence + "\n" }
    return text
  }()
}
