import PolicyPictures
import ReportPages
import Testing

@Suite struct `The width of a text` {
  /// Advances of DejaVu Sans Mono, SF Mono and Noto, in thousandths of an em: the widest of each.
  static let advances: [(text: String, thousandths: Int)] = [
    ("m", 618), ("W", 618), ("é", 618), ("—", 618), ("…", 618), ("漢", 1000), ("か", 1000),
    ("한", 1000), ("🙂", 1275), ("Ж", 618), ("λ", 618), ("م", 1000),
  ]

  @Test(arguments: advances)
  func `is never less than what a font draws`(text: String, thousandths: Int) {
    for count in [1, 7, 40] {
      let drawn = (count * thousandths * 12 + 999) / 1000
      #expect(Lettering.width(String(repeating: text, count: count), size: 12) >= drawn)
    }
  }

  @Test func `counts a mark above a letter as nothing`() {
    #expect(Lettering.width("e\u{301}", size: 12) == Lettering.width("e", size: 12))
    #expect(Lettering.width("", size: 12) == 0)
  }

  @Test func `is certain where fixed-width fonts agree, and says where they do not`() {
    #expect(Lettering.isCertain("prompt.tokens <= 4k — “façade” … 漢字 かな 한글 🙂 Ж λ"))
    for text in ["שלום", "عنوان", "ﷺ", "क्षत्रिय"] { #expect(!Lettering.isCertain(text)) }
  }
}
