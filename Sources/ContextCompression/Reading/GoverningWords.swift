/// What a word says when a sentence speaks of other sentences.
///
/// English in full; of German, French and Spanish the words that take rules back and point up and
/// down the page. Of other languages nothing.
struct GoverningWords: OptionSet, Sendable {
  let rawValue: UInt32

  /// Takes something back by itself: `void`, `superseded`.
  static let revokes = GoverningWords(rawValue: 1)
  /// Takes back what is a text beside it: `the rule was withdrawn`.
  static let alters = GoverningWords(rawValue: 1 << 1)
  /// Says whether something holds: `applies`, `valid`.
  static let holds = GoverningWords(rawValue: 1 << 2)
  /// Denies or bounds.
  static let limits = GoverningWords(rawValue: 1 << 3)
  /// A piece of text or what texts are made of: `section`, `rules`.
  static let text = GoverningWords(rawValue: 1 << 4)
  /// A piece of text that also is a thing of the world: `a text message`.
  static let piece = GoverningWords(rawValue: 1 << 17)
  static let points = GoverningWords(rawValue: 1 << 5)
  /// Up or down the page.
  static let back = GoverningWords(rawValue: 1 << 6)
  static let forth = GoverningWords(rawValue: 1 << 7)
  /// Up or down the page only before a text: `the next section`, but `the next day`.
  static let ofText = GoverningWords(rawValue: 1 << 8)
  static let time = GoverningWords(rawValue: 1 << 9)
  /// Only sends the reader there: `see`, `shown`.
  static let refers = GoverningWords(rawValue: 1 << 10)
  /// Counts what it speaks of: `the first two rules`.
  static let counts = GoverningWords(rawValue: 1 << 11)
  static let table = GoverningWords(rawValue: 1 << 12)
  /// Stands before a colon or a comma and corrects: `Correction:`, `Actually,`.
  static let corrects = GoverningWords(rawValue: 1 << 13)
  static let all = GoverningWords(rawValue: 1 << 14)
  static let being = GoverningWords(rawValue: 1 << 15)
  static let wrong = GoverningWords(rawValue: 1 << 16)

  static func of(_ bytes: [UInt8], _ word: Range<Int>) -> GoverningWords {
    guard word.count <= longest else { return isDenied(bytes, word) ? .limits : [] }
    let hash = bytes[word].reduce(TermHash.basis) { TermHash.adding($1.folded, to: $0) }
    return known[hash] ?? (isDenied(bytes, word) ? .limits : [])
  }

  /// `doesn't`, `doesn’t`.
  private static func isDenied(_ bytes: [UInt8], _ word: Range<Int>) -> Bool {
    guard word.count >= 5, bytes[word.upperBound - 1].folded == 0x74 else { return false }
    let before = bytes[word.upperBound - 2]
    return before == 0x27 || before == 0x99
  }

  private static let known: [UInt64: GoverningWords] = {
    var known: [UInt64: GoverningWords] = [:]
    for (kind, words) in lists {
      for word in words.split(separator: " ") {
        let hash = word.utf8.reduce(TermHash.basis) { TermHash.adding($1.folded, to: $0) }
        known[hash, default: []].formUnion(kind)
      }
    }
    return known
  }()

  private static let longest: Int =
    lists.flatMap { $0.1.split(separator: " ") }.map(\.utf8.count).max() ?? 0

  private static let lists: [(GoverningWords, String)] = [
    (
      .revokes,
      """
      void voided superseded supersedes supersede superseding obsolete outdated repealed repeals repeal \
      rescinded rescind retracted retracts disregard disregarded overruled overrules erratum errata \
      corrigendum corrigenda annulled nullified notwithstanding anymore ceases ceased \
      ungültig hinfällig aufgehoben überholt veraltet nichtig widerrufen entfällt entfallen \
      caduc caduque abrogé abrogée abrogés abrogées périmé périmée ignorez \
      derogado derogada derogados derogadas obsoleto obsoleta obsoletos obsoletas
      """
    ),
    (
      .alters,
      """
      invalid invalidated revoked withdrawn withdrew cancelled canceled expired ignore ignored ignoring \
      forget skip replaced replaces replace changed changes removed deleted struck discontinued \
      abolished amended amends amendment null suspended suspends waived lapsed override overrides \
      overridden precedence prevail prevails fictional fictitious hypothetical illustrative draft \
      provisional tentative proposed mistake mistaken wrong incorrect inaccurate untrue false \
      ersetzt ersetzen falsch ignorieren gestrichen geändert remplacé remplacée remplacés remplacées \
      annulé annulée annulés annulées modifié faux anulado anulada anulados anuladas reemplazado \
      reemplazada falso falsa
      """
    ),
    (
      .holds,
      """
      apply applies applied applicable valid binding effective force hold holds govern governs cover \
      covers concern concerns mean means gilt gelten gültig appliquent applique valable valables aplica \
      aplican válido válida válidos válidas
      """
    ),
    (
      .limits,
      """
      not no never none nothing only except unless until solely exclusively without nor cannot longer \
      restricted limited exempt nicht kein keine nur außer bis ohne mehr pas sauf plus que jusqu solo \
      sólo salvo hasta ya
      """
    ),
    (
      .text,
      """
      section sections paragraph paragraphs clause clauses rule rules policy policies term terms table \
      tables list lists page pages document documents version versions edition guide handbook manual \
      instruction instructions sentence sentences statement statements chapter chapters article \
      articles appendix announcement regulation regulations provision provisions guideline guidelines \
      definition definitions heading headings \
      abschnitt absatz regel regeln tabelle liste seite dokument fassung kapitel hinweis bedingungen \
      bestimmung bestimmungen anweisung anweisungen angaben preise règle règles paragraphe tableau liste \
      dispositions sección párrafo regla reglas tabla lista página documento cláusula instrucciones
      """
    ),
    (
      .piece,
      """
      answer answers message messages text agreement contract item items point points bullet bullets row \
      rows column columns entry entries information advice prices figures rates example examples summary \
      memo email reply part parts step steps
      """
    ),
    (.points, "this these those diese dieser dieses diesen ce cet cette ces esta este estas estos"),
    (
      .back,
      """
      above preceding foregoing aforementioned aforesaid latter obige obigen obiger obenstehend \
      obenstehende obenstehenden vorstehend vorstehende vorstehenden bisherige bisherigen oben dessus \
      arriba
      """
    ),
    (
      .forth,
      """
      below following hereafter hereinafter hereunder henceforth follows unten folgende folgenden \
      folgendes nachstehend nachstehende nachstehenden untenstehende untenstehenden nachfolgende \
      nachfolgenden dessous abajo
      """
    ),
    ([.back, .ofText], "previous earlier prior vorige vorigen vorherige vorherigen"),
    ([.back, .ofText], "précédent précédente précédents précédentes anterior anteriores before"),
    ([.forth, .ofText], "next subsequent rest remainder suivant suivante suivants suivantes"),
    ([.forth, .ofText], "siguiente siguientes"),
    (
      .time,
      """
      day days week weeks weekend month months year years morning afternoon evening night hour hours \
      minute minutes quarter working business calendar monday tuesday wednesday thursday friday saturday \
      sunday january february march april may june july august september october november december \
      tag tage tagen woche wochen monat monate jahr jahre jour jours semaine mois an ans année día días \
      semana mes meses año años
      """
    ),
    (
      .refers,
      """
      see described describes shown shows listed lists mentioned noted explained explains given found \
      detailed outlined siehe beschrieben voir décrit véase descrito contains gives tells summarises \
      summarizes
      """
    ),
    (
      .counts,
      """
      first second third fourth fifth last latter two three four five both either erste ersten zweite \
      zweiten letzte letzten premier première deuxième dernier dernière primera primero segunda segundo \
      última último
      """
    ),
    (.table, "table tables tabelle tableau tabla row rows column columns"),
    (
      .corrects,
      """
      correction corrections corrected update updated edit amendment exception exceptions addendum \
      retraction clarification disclaimer caveat actually scratch oops korrektur berichtigung nachtrag \
      ausnahme ausnahmen rectification correctif corrección rectificación excepción excepciones
      """
    ),
    (.all, "everything anything all alles tout toutes todo todas"),
    (.being, "is was are were be been ist war sind waren est était sont es era son"),
    (.wrong, "wrong incorrect mistaken inaccurate untrue false falsch faux falso falsa"),
  ]
}
