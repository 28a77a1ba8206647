#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// A port of this machine where nobody should ever come: connections to it stand, and are counted.
final class Trap {
  let port: UInt16
  private let descriptor: Int32

  init() throws(PromiseFailure) {
    #if canImport(Glibc)
      let kind = Int32(SOCK_STREAM.rawValue)
    #else
      let kind = SOCK_STREAM
    #endif
    descriptor = socket(AF_INET, kind, 0)
    guard descriptor >= 0 else { throw PromiseFailure("this machine has no socket left") }
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr = in_addr(s_addr: UInt32(0x7F00_0001).bigEndian)
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let descriptor = descriptor
    let stands = unsafe withUnsafeMutablePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
        unsafe bind(descriptor, pointer, size) == 0 && listen(descriptor, 64) == 0
          && getsockname(descriptor, pointer, &size) == 0
      }
    }
    port = UInt16(bigEndian: address.sin_port)
    guard stands else { throw PromiseFailure("this machine has no port left") }
  }

  deinit { _ = close(descriptor) }

  /// Connections that came since this was asked last.
  func visitors() -> Int {
    var count = 0
    while true {
      let visitor = accept(descriptor, nil, nil)
      guard visitor >= 0 else { return count }
      _ = close(visitor)
      count += 1
    }
  }
}
