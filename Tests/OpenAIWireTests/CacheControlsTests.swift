import OpenAIWire
import Testing

@Suite struct `A cache-control header` {
  @Test(arguments: [
    #"foo="a, max-age=abc, no-cache", s-maxage=5"#, #"foo="say \"no-store\", twice", max-age=5"#,
    #"max-age="5", foo="never closed, no-cache"#,
  ])
  func `is parted by its commas, but for those in quotation marks`(header: String) throws {
    var controls = CacheControls()
    try controls.add(header: header)
    #expect(controls.oldest == 5)
    #expect(!controls.refusesOld && !controls.refusesKeeping)
  }
}
