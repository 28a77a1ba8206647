import RoutingGateway
import Testing

/// Looks at one or two files, with times in seconds.
@Suite struct `When a changed file is read` {
  private static func look(_ size: Int64, file: UInt64 = 1, keys: Int64 = 100) -> FileLook {
    func stamp(_ file: UInt64, _ size: Int64) -> FileLook.Stamp {
      FileLook.Stamp(device: 1, file: file, size: size, changed: Int128(size))
    }
    return FileLook(["policy.rung": stamp(file, size), "keys.yaml": stamp(9, keys)])
  }

  @Test func `another in its place is whole, and read when two looks agree`() {
    var rest = FileRest(Self.look(10), at: .zero)
    #expect(rest.see(Self.look(10), at: .seconds(1)) == .asRead)
    #expect(rest.see(Self.look(5, file: 2), at: .seconds(2)) == .wait)
    #expect(rest.see(Self.look(5, file: 2), at: .seconds(2.5)) == .ready(suspects: []))
    rest.wasRead(Self.look(5, file: 2), isHeldBack: false)
    #expect(rest.see(Self.look(5, file: 2), at: .seconds(3)) == .asRead)
    #expect(rest.see(Self.look(6, file: 3), at: .seconds(4), isTold: true) == .ready(suspects: []))
  }

  @Test func `one that comes or goes is read when two looks agree`() {
    var rest = FileRest(FileLook(["a": nil]), at: .zero)
    let there = FileLook(["a": FileLook.Stamp(device: 1, file: 1, size: 1, changed: 1)])
    #expect(rest.see(there, at: .seconds(1)) == .wait)
    #expect(rest.see(there, at: .seconds(1.5)) == .ready(suspects: []))
    rest.wasRead(there, isHeldBack: false)
    #expect(rest.see(FileLook(["a": nil]), at: .seconds(2)) == .wait)
    #expect(rest.see(FileLook(["a": nil]), at: .seconds(2.5)) == .ready(suspects: []))
  }

  @Test(arguments: [false, true])
  func `one written in its place stands still first, told or not`(_ isTold: Bool) {
    var rest = FileRest(Self.look(10), at: .zero)
    #expect(rest.see(Self.look(11), at: .seconds(1), isTold: isTold) == .wait)
    #expect(rest.see(Self.look(12), at: .seconds(3), isTold: isTold) == .wait, "still written to")
    #expect(rest.see(Self.look(12), at: .seconds(5.9), isTold: isTold) == .wait)
    #expect(
      rest.see(Self.look(12), at: .seconds(6), isTold: isTold)
        == .ready(suspects: isTold ? [] : ["policy.rung"]))
  }

  @Test func `a beginning stands still for longer, and is read then`() {
    var rest = FileRest(Self.look(10), at: .zero)
    #expect(rest.see(Self.look(4, keys: 50), at: .seconds(1)) == .wait)
    #expect(
      rest.see(Self.look(4, keys: 50), at: .seconds(4))
        == .ready(suspects: ["policy.rung", "keys.yaml"]))
    rest.wasRead(Self.look(4, keys: 50), isHeldBack: true)
    #expect(rest.see(Self.look(4, keys: 50), at: .seconds(10.9)) == .asRead)
    #expect(rest.see(Self.look(4, keys: 50), at: .seconds(11)) == .ready(suspects: []))
    rest.wasRead(Self.look(4, keys: 50), isHeldBack: false)
    #expect(rest.see(Self.look(4, keys: 50), at: .seconds(60)) == .asRead)
  }

  @Test func `a beginning is read at once by whoever is told to`() {
    var rest = FileRest(Self.look(10), at: .zero)
    _ = rest.see(Self.look(4), at: .seconds(1))
    _ = rest.see(Self.look(4), at: .seconds(4))
    rest.wasRead(Self.look(4), isHeldBack: true)
    #expect(rest.see(Self.look(4), at: .seconds(5), isTold: true) == .ready(suspects: []))
  }

  @Test func `one that is served again is as read`() {
    var rest = FileRest(Self.look(10), at: .zero)
    #expect(rest.see(Self.look(4), at: .seconds(1)) == .wait)
    #expect(rest.see(Self.look(10), at: .seconds(2)) == .asRead)
    #expect(rest.see(Self.look(10), at: .seconds(20), isTold: true) == .asRead)
  }
}
