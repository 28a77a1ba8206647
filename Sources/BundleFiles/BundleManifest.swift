import JSONReading
import JSONWriting

/// What a bundle says it is: its first file, `bundle.json`.
package struct BundleManifest: Hashable, Sendable {
  package static let format = "rung-bundle/1"

  /// The version of Rung that made it.
  package var rung: String
  /// The policy's own path in the bundle.
  package var policy: String
  /// Files that hold tests of the policy and nothing else.
  package var tests: [String]
  /// The `rung.yaml` that holds for it; nil if there is none.
  package var settings: String?
  /// As decisions and the ledger name them.
  package var policyFingerprint: String
  package var catalogFingerprint: String
  /// The environment variables that hold the providers' keys, sorted; never a key.
  package var environment: [String]
  /// Every file, by path.
  package var files: [File]

  package struct File: Hashable, Sendable {
    package let path: String
    package let bytes: Int
    package let digest: SHA256Digest
  }

  /// The one way it is written: the same manifest, the same bytes.
  var json: [UInt8] {
    var json = JSONWriter(.indented)
    write(to: &json)
    return json.bytes + [UInt8(ascii: "\n")]
  }

  private func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("format", Self.format)
      json.member("rung", rung)
      json.member("policy", policy)
      json.array("tests") { json in for path in tests { json.string(path) } }
      json.key("settings")
      if let settings { json.string(settings) } else { json.null() }
      json.member("policy_fingerprint", policyFingerprint)
      json.member("catalog_fingerprint", catalogFingerprint)
      json.array("environment") { json in for name in environment { json.string(name) } }
      json.array("files") { json in
        for file in files {
          json.object { json in
            json.member("path", file.path)
            json.member("bytes", file.bytes)
            json.member("sha256", file.digest.hex)
          }
        }
      }
    }
  }

  /// On one line, for a report that holds it.
  package var text: String {
    var json = JSONWriter()
    write(to: &json)
    return json.text
  }

  /// Reads what ``json`` writes, to the byte.
  init(json bytes: [UInt8]) throws(BundleProblem) {
    let text: JSONText
    do throws(JSONProblem) {
      text = try JSONText(bytes)
    } catch {
      throw .manifest(error.description)
    }
    let root = text.root
    guard let format = root["format"]?.string else { throw .manifest("it has no format") }
    guard format == Self.format else { throw .format(format) }
    func word(_ name: StaticString) throws(BundleProblem) -> String {
      guard let word = root[name]?.string else { throw .manifest("it has no `\(name)`") }
      return word
    }
    func words(_ name: StaticString) throws(BundleProblem) -> [String] {
      guard let list = root[name], list.kind == .array else {
        throw .manifest("it has no `\(name)`")
      }
      return list.elements.compactMap(\.string)
    }
    rung = try word("rung")
    policy = try word("policy")
    tests = try words("tests")
    settings = root["settings"]?.string
    policyFingerprint = try word("policy_fingerprint")
    catalogFingerprint = try word("catalog_fingerprint")
    environment = try words("environment")
    guard let list = root["files"], list.kind == .array else {
      throw .manifest("it lists no files")
    }
    files = list.elements.compactMap { entry in
      guard let path = entry["path"]?.string, let size = entry["bytes"]?.integer,
        let digest = entry["sha256"]?.string.flatMap({ SHA256Digest($0) })
      else { return nil }
      return File(path: path, bytes: Int(size), digest: digest)
    }
    // Whatever was left out above, added or spelled otherwise shows here.
    guard json == bytes else { throw .manifest("it is not written as `rung bundle` writes it") }
  }

  package init(
    rung: String, policy: String, tests: [String], settings: String?, policyFingerprint: String,
    catalogFingerprint: String, environment: [String], files: [File]
  ) {
    self.rung = rung
    self.policy = policy
    self.tests = tests
    self.settings = settings
    self.policyFingerprint = policyFingerprint
    self.catalogFingerprint = catalogFingerprint
    self.environment = environment
    self.files = files
  }
}
