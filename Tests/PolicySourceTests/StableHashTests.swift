import PolicySource
import Testing

@Suite struct StableHashTests {
  /// The published vectors of SipHash-2-4-128: key 00…0f, message 00, 01, 02, … of that length.
  @Test(arguments: [
    (0, "a3817f04ba25a8e66df67214c7550293"),
    (1, "da87c1d86b99af44347659119b22fc45"),
    (2, "8177228da4a45dc7fca38bdef60affe4"),
    (7, "a1f1ebbed8dbc153c0b84aa61ff08239"),
    (8, "3b62a9ba6258f5610f83e264f31497b4"),
    (9, "264499060ad9baabc47f8b02bb6d71ed"),
    (10, "00110dc378146956c95447d3f3d0fbba"),
    (15, "5493e99933b0a8117e08ec0f97cfc3d9"),
    (16, "6ee2a4ca67b054bbfd3315bf85230577"),
    (17, "473d06e8738db89854c066c47ae47740"),
    (31, "2939b0183223fafc1723de4f52c43d35"),
    (32, "7c3956ca5eeafc3e363e9d556546eb68"),
    (33, "77c6077146f01c32b6b69d5f4ea9ffcf"),
    (62, "5853542321f567a005d547a4f04759bd"),
    (63, "5150d1772f50834a503e069a973fbd7c"),
  ])
  func `agrees with the published vectors`(length: Int, hex: String) {
    var hash = StableHash(key: (0x0706_0504_0302_0100, 0x0F0E_0D0C_0B0A_0908))
    hash.append((0..<length).map { UInt8($0) })
    #expect(hash.digest.hex == hex)
  }

  @Test func `the digest of a text never changes`() {
    // Ledgers hold such digests: a change here breaks every one that was written before.
    #expect(StableHash.digest(of: "rung".utf8).hex == "a39d0a29714eb96c2908d7ac2935f80d")
    #expect(StableHash.digest(ofFields: ["tenant", "a"]).hex == "e4b7f2ad0d6cfd1d43b71b695e930b1a")
  }

  @Test(arguments: 0...40)
  func `the pieces a text arrives in do not matter`(cut: Int) {
    let text = Array("the quick brown fox jumps over the lazy dog".utf8)
    var hash = StableHash()
    hash.append(text[..<cut])
    hash.append(text[cut...])
    #expect(hash.digest == StableHash.digest(of: text))
  }

  @Test(arguments: 0...40)
  func `a number is eight bytes, wherever it stands`(cut: Int) {
    let text = Array("the quick brown fox jumps over the lazy dog".utf8)
    let number: UInt64 = 0x0123_4567_89AB_CDEF
    var asNumber = StableHash()
    var asBytes = StableHash()
    for piece in [text[..<cut], text[cut...]] {
      asNumber.append(piece)
      asNumber.combine(number)
      asBytes.append(piece)
      asBytes.append((0..<8).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) })
    }
    #expect(asNumber.digest == asBytes.digest)
  }

  @Test func `fields do not run together`() {
    #expect(
      StableHash.digest(ofFields: ["ab", "c"]) != StableHash.digest(ofFields: ["a", "bc"]))
    #expect(StableHash.digest(ofFields: ["", "x"]) != StableHash.digest(ofFields: ["x", ""]))
    #expect(StableHash.digest(ofFields: []) != StableHash.digest(ofFields: [""]))
  }

  @Test func `a split's points are spread evenly`() {
    let keys = 20_000
    var tenths = [Int](repeating: 0, count: 10)
    for key in 0..<keys {
      let point = StableHash.digest(ofFields: ["canary", "user-\(key)"]).millionth
      #expect((0..<1_000_000).contains(point))
      tenths[Int(point / 100_000)] += 1
    }
    // Six standard deviations of a binomial with p = 0.1 around 2,000.
    #expect(tenths.allSatisfy { abs($0 - keys / 10) < 260 }, "\(tenths)")
  }
}
