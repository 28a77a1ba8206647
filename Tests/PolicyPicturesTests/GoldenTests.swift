import JSONWriting
import PolicyPictures
import RoutingTestSupport
import Testing

/// What a picture is written as, byte for byte.
@Suite struct `A picture of everything a policy can say` {
  @Test func `as SVG`() throws {
    try hold(PictureSVG(DrawnPolicy(DrawnPolicy.everything).picture).document, "everything.svg")
  }

  @Test func `as DOT`() throws {
    try hold(PictureDOT.text(of: DrawnPolicy(DrawnPolicy.everything).picture), "everything.dot")
  }

  @Test func `as Mermaid`() throws {
    try hold(
      PictureMermaid.text(of: DrawnPolicy(DrawnPolicy.everything).picture), "everything.mmd")
  }

  @Test func `as JSON`() throws {
    var json = JSONWriter(.indented)
    try PictureJSON.write(DrawnPolicy(DrawnPolicy.everything).picture, to: &json)
    try hold(json.text + "\n", "everything.json")
  }

  @Test func `as a page`() throws {
    let drawn = try DrawnPolicy(DrawnPolicy.everything)
    try hold(PicturePage(drawn.policy, path: drawn.path).text, "everything.html")
  }

  @Test func `is the same each time`() throws {
    for name in DrawnPolicy.shipped {
      let texts = try (0..<3).map { _ in
        let drawn = try DrawnPolicy(shipped: name)
        return PicturePage(drawn.policy, path: drawn.path).text
          + PictureDOT.text(of: drawn.picture) + PictureMermaid.text(of: drawn.picture)
      }
      #expect(Set(texts).count == 1)
    }
  }

  private func hold(_ text: String, _ name: String) throws {
    let golden = GoldenFile(name)
    #expect(try text == golden.expected(instead: text), "\(name)")
  }
}
