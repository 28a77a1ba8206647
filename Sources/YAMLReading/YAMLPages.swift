package import PolicyDiagnostics

/// The offline page of every code this module reports.
package enum YAMLPages {
  package static let all: [DiagnosticPage] = structure + characters + limits

  private static let good = """
    currency: USD
    providers: {global: {base_url: "https://global-apis.com/v1"}}
    models:
      qwen3-8b: {provider: global, prices: {input: 0.01, output: 0.01}}
    """

  private static func page(
    _ code: DiagnosticCode, finds: String, why: String, wrong: String?, fix: String? = nil
  ) -> DiagnosticPage {
    DiagnosticPage(
      code, language: .catalog, finds: finds, why: why, wrong: wrong,
      instead: wrong == nil ? nil : good,
      fix: fix ?? "There is no automatic fix: only its author knows what the file should say.")
  }

  private static let structure: [DiagnosticPage] = [
    page(
      .yamlSyntax, finds: "Text that is no YAML.",
      why: "The message is the parser's own, at the byte where it stopped. A note shows where the "
        + "construct it was reading began, which is often where the mistake is.",
      wrong: "currency: USD\nproviders: {global: [\n"),
    page(
      .yamlDuplicateKey, finds: "A key that stands twice in one mapping.",
      why: "YAML readers differ on which of the two counts, so one of them would be ignored in "
        + "silence. Both places are shown.",
      wrong: good + "\ncurrency: EUR\n"),
    page(
      .yamlKey, finds: "A key that is a list, a mapping, or missing.",
      why: "Nothing Rung reads has such keys; they usually come from a stray `?` or colon.",
      wrong: good + "\n? [a, b]\n: c\n"),
    page(
      .yamlAnchor, finds: "An anchor (`&name`) or an alias (`*name`).",
      why: "An alias makes one line of the file mean what another says, so a price can change in a "
        + "place nobody reviews, and a few nested ones grow without bound. Values are written where "
        + "they are used.",
      wrong: good + "\nembedders: &same {}\n"),
    page(
      .yamlMergeKey, finds: "The merge key `<<`.",
      why: "It copies keys from elsewhere into a mapping and lets some of them be overridden: an "
        + "inheritance nobody can read the result of.",
      wrong: good + "\nembedders: {<<: {}}\n"),
    page(
      .yamlTag, finds: "A tag such as `!!str`, or a `%TAG` line.",
      why: "The type of a value follows from where it stands, never from the value itself.",
      wrong: good + "\nembedders: !!map {}\n"),
    page(
      .yamlSeveralDocuments, finds: "A second document in one file.",
      why: "Only one could count, and nothing is ignored in silence.",
      wrong: good + "\n---\ncurrency: EUR\n"),
  ]

  private static let characters: [DiagnosticPage] = [
    page(
      .yamlTab, finds: "A tab where YAML indents.",
      why: "YAML allows only spaces there, because a tab's width differs between editors.",
      wrong: "currency: USD\nmodels:\n\tgpt-4o: {}\n"),
    page(
      .yamlBadUTF8, finds: "A byte that is no UTF-8.",
      why: "A file in another encoding would be read as other text than its author sees.",
      wrong: nil),
    page(
      .yamlControlCharacter, finds: "A control character, such as NUL or backspace.",
      why: "YAML forbids them, and they hide text from a reader of the file.",
      wrong: good + "\n# \u{7}\n"),
  ]

  private static let limits: [DiagnosticPage] = [
    page(
      .yamlTooLarge, finds: "A file over 8 MiB, or a `rung.yaml` over 1 MiB.",
      why: "It is refused before any of it is parsed. The largest public price list is a sixth of "
        + "that.",
      wrong: nil),
    page(
      .yamlTooDeep,
      finds: "More than 64 lists and mappings inside each other, in `rung.yaml` more than 16.",
      why: "No file Rung reads needs ten; thousands are an attack on the reader.",
      wrong: String(repeating: "[", count: 65)),
    page(
      .yamlTooManyNodes,
      finds: "More than 250,000 values in one file, in `rung.yaml` more than 10,000.",
      why: "Memory grows with their number, so there is a limit to it.",
      wrong: nil),
    page(
      .yamlNotJSON,
      finds: "A number that JSON cannot write: `.inf`, `.nan`, or a large hexadecimal.",
      why: "A request written in YAML is read as the JSON it stands for, so it can hold only what "
        + "JSON can.",
      wrong: nil),
  ]
}
