import PolicyWorkspace
import RoutingTestSupport
import Testing

@testable import BundleFiles

@Suite struct `A bundle` {
  static let files = [
    PolicySources.File(path: "team/policy.rung", bytes: Array("rung 1\n".utf8)),
    PolicySources.File(path: "catalog.yaml", bytes: Array(repeating: 0x61, count: 512)),
    PolicySources.File(path: "team/empty.md", bytes: []),
    PolicySources.File(path: "team/ü\nodd.md", bytes: Array(0...255)),
  ]
  static let about = BundleManifest(
    rung: "0.1.0", policy: "team/policy.rung", tests: [], settings: nil, policyFingerprint: "p",
    catalogFingerprint: "c", environment: ["KEY"], files: [])

  static func archive(
    _ files: [PolicySources.File] = files, _ about: BundleManifest = about
  ) throws -> [UInt8] {
    try PolicyBundle.archive(files, about: about)
  }

  private static func problem(
    _ bytes: [UInt8], _ digest: SHA256Digest? = nil
  ) -> BundleProblem? {
    do throws(BundleProblem) {
      _ = try PolicyBundle(bytes, digest: digest)
      return nil
    } catch {
      return error
    }
  }

  @Test func `gives back what was packed, and the same bytes whatever the order`() throws {
    let bytes = try Self.archive()
    #expect(bytes == (try Self.archive(Self.files.reversed())))
    let bundle = try PolicyBundle(bytes)
    #expect(bundle.files.map(\.path) == Self.files.map(\.path).sorted())
    for file in Self.files { #expect(bundle.bytes(of: file.path) == file.bytes) }
    #expect(bundle.bytes(of: "team") == nil && bundle.bytes(of: "zzz") == nil)
    #expect(bundle.digest == SHA256Digest(of: bytes))
    #expect(
      SHA256Digest(of: Array("abc".utf8)).description
        == "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
  }

  @Test func `is not taken with a byte of it changed`() throws {
    let bytes = try Self.archive()
    let digest = SHA256Digest(of: bytes)
    // The list itself lies behind the first header: what is changed there alone may still fit.
    let size = try #require(TarEntry.read(bytes[..<512])?.size)
    var taken = 0
    for place in stride(from: 0, to: bytes.count, by: 3) {
      for bit in [UInt8(1), 0x80] {
        var changed = bytes
        changed[place] ^= bit
        let asked = Self.problem(changed, digest)
        #expect(asked != nil, "byte \(place) bit \(bit)")
        if let found = Self.problem(changed) {
          #expect(!"\(found)".contains("JSONProblem"), "in words: \(found)")
          continue
        }
        taken += 1
        #expect((512..<(512 + size)).contains(place), "byte \(place) bit \(bit)")
      }
    }
    print("bundle: \(2 * bytes.count / 3) changed bytes, \(taken) in the list's own words")
    #expect(taken < 200)
  }

  @Test func `is not taken cut off at any place, or with more behind it`() throws {
    let bytes = try Self.archive()
    for length in stride(from: 0, to: bytes.count, by: 7) {
      let found = Self.problem(Array(bytes[..<length]))
      #expect(found != nil, "\(length) bytes")
    }
    let longer = Self.problem(bytes + [0])
    #expect(longer == .extended(bytes: 1))
    let twice = Self.problem(bytes + bytes)
    #expect(twice == .extended(bytes: bytes.count))
    let cut = Self.problem(Array(bytes[..<(bytes.count - 1024)]))
    #expect(cut == .truncated(inside: "team/ü\nodd.md"))
  }

  @Test func `says which file is not what is listed`() throws {
    let bytes = try Self.archive()
    var other = Self.files
    other[0] = PolicySources.File(path: other[0].path, bytes: Array("rung 2\n".utf8))
    let changed = try Self.archive(other)
    // One file from another bundle: all headers are right, one content is not.
    let place = try #require(zip(bytes, changed).enumerated().filter { $1.0 != $1.1 }.last?.offset)
    var mixed = bytes
    mixed[place] = changed[place]
    let found = Self.problem(mixed)
    #expect(
      found
        == .changed(
          "team/policy.rung", is: SHA256Digest(of: other[0].bytes),
          listed: SHA256Digest(of: Self.files[0].bytes)))
    // All of it made anew: only the digest of the whole tells.
    let anew = Self.problem(changed)
    #expect(anew == nil)
    let asked = Self.problem(changed, SHA256Digest(of: bytes))
    #expect(
      asked == .otherBundle(is: SHA256Digest(of: changed), asked: SHA256Digest(of: bytes)))
  }

  @Test func `is read entry by entry as it is listed`() throws {
    let list = try PolicyBundle(Self.archive()).manifest.json
    func archive(_ paths: [String]) throws -> [UInt8] {
      var bytes: [UInt8] = []
      try TarEntry.append("bundle.json", list, to: &bytes)
      for path in paths {
        let file = Self.files.first { $0.path == path }
        try TarEntry.append("files/\(path)", file?.bytes ?? [1], to: &bytes)
      }
      return bytes + TarEntry.end
    }
    let paths = Self.files.map(\.path).sorted()
    let whole = Self.problem(try archive(paths))
    #expect(whole == nil)
    let short = Self.problem(try archive(paths.filter { $0 != "team/empty.md" }))
    #expect(short == .missing("team/empty.md"))
    let long = Self.problem(try archive(paths + ["zebra.md"]))
    #expect(long == .unlisted("zebra.md"))
    let inside = Self.problem(try archive(["a.md"] + paths))
    #expect(inside == .unlisted("a.md"))
    let swapped = Self.problem(try archive(paths.reversed()))
    #expect(swapped == .missing("catalog.yaml"))
    let twice = Self.problem(try archive([paths[0]] + paths))
    #expect(twice == .missing(paths[1]))
  }

  /// Whatever bytes come, one clear error comes back.
  @Test func `never ends the program`() throws {
    let seed: UInt64 = 2_026
    var random = SplitMix(state: seed)
    let bytes = try Self.archive()
    var taken = 0
    for _ in 0..<4_000 {
      var changed = bytes
      for _ in 0...Int(random.next() % 6) {
        let place = Int(random.next() % UInt64(changed.count))
        switch random.next() % 5 {
        case 0: changed[place] = UInt8(truncatingIfNeeded: random.next())
        case 1: changed.removeSubrange(place..<min(changed.count, place + 512))
        case 2: changed.insert(contentsOf: changed[place...].prefix(512), at: 0)
        case 3: changed = Array(changed[..<place])
        default:
          // Sizes, names and sums of a header, in its own digits.
          let block = place / 512 * 512 + Int(random.next() % 160)
          if block < changed.count { changed[block] = UInt8(ascii: "7") }
        }
        if changed.isEmpty { changed = bytes }
      }
      guard changed != bytes, let problem = Self.problem(changed, SHA256Digest(of: bytes)) else {
        taken += changed == bytes ? 0 : 1
        continue
      }
      #expect(!problem.description.isEmpty)
    }
    print("seed \(seed): 4000 broken bundles, \(taken) taken")
    #expect(taken == 0)
  }

  @Test(arguments: [
    ("/etc/passwd", false), ("../up.md", false), ("a//b", false), ("a/./b", false), ("", false),
    (String(repeating: "n", count: 94), true), (String(repeating: "n", count: 101), false),
    (String(repeating: "f", count: 140) + "/" + String(repeating: "n", count: 90), true),
    (String(repeating: "f", count: 160) + "/n", false),
    (String(repeating: "folder/", count: 20) + "n", true),
  ])
  func `holds what leads down from its folder and fits a header`(path: String, fits: Bool) throws {
    let about = BundleManifest(
      rung: "0.1.0", policy: path, tests: [], settings: nil, policyFingerprint: "",
      catalogFingerprint: "", environment: [], files: [])
    let file = PolicySources.File(path: path, bytes: [1])
    let bytes = try? Self.archive([file], about)
    #expect((bytes != nil) == fits, "\(path)")
    let read = try bytes.map { try PolicyBundle($0).files }
    #expect(read == (fits ? [file] : nil))
  }

  @Test(arguments: [
    ("rung-bundle/1", "rung-bundle/2", "format `rung-bundle/2`"),
    ("\"tests\": []", "\"tests\": [7]", "not written as"),
    ("\"tests\": []", "\"tests\":  []", "not written as"),
    ("\"policy\": \"team/policy.rung\"", "\"policy\": \"team/other.rung\"", "does not list it"),
    ("\"settings\": null", "\"settings\": \"rung.yaml\"", "does not list it"),
    ("\"environment\"", "\"environmend\"", "no `environment`"), ("{", "[", "bundle.json"),
  ])
  func `has a list that is read to the byte`(old: String, new: String, says: String) throws {
    let list = String(decoding: try PolicyBundle(Self.archive()).manifest.json, as: UTF8.self)
    let place = try #require(list.firstRange(of: old))
    var bytes: [UInt8] = []
    try TarEntry.append(
      "bundle.json", Array(list.replacingCharacters(in: place, with: new).utf8), to: &bytes)
    for file in Self.files.sorted(by: { $0.path < $1.path }) {
      try TarEntry.append("files/\(file.path)", file.bytes, to: &bytes)
    }
    let found = Self.problem(bytes + TarEntry.end)
    #expect(found?.description.contains(says) == true, "\(found?.description ?? "taken")")
  }
}

extension String {
  fileprivate func replacingCharacters(in range: Range<Index>, with text: String) -> String {
    self[..<range.lowerBound] + text + self[range.upperBound...]
  }
}
