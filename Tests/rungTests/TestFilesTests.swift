import Foundation
import Testing

@testable import rung

@Suite struct `Files of tests` {
  @Test func `each belongs to the policy whose name it begins with, the longest one`() throws {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "rung-test-files-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let names = [
      "policy.rung", "policy_eu.rung", "policy_test.rung", "policy_money_test.rung",
      "policy_eu_test.rung", "policy_eu_money_test.rung", "other_test.rung", "policy_test.txt",
    ]
    for name in names { try Data().write(to: folder.appending(path: name)) }
    let path = { (name: String) in folder.path + "/" + name }
    #expect(
      TestFiles.of(path("policy.rung"))
        == ["policy_money_test.rung", "policy_test.rung"].map(path))
    #expect(
      TestFiles.of(path("policy_eu.rung"))
        == ["policy_eu_money_test.rung", "policy_eu_test.rung"].map(path))
    #expect(TestFiles.owner(of: path("policy_eu_test.rung")) == path("policy_eu.rung"))
    #expect(TestFiles.owner(of: path("other_test.rung")) == nil)
    #expect(TestFiles.owner(of: path("policy.rung")) == nil)
  }
}
