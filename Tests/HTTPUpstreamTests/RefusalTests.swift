import HTTPUpstream
import Testing

/// What is refused before a byte is sent, and calls nobody answers.
@Suite struct RefusalTests {
  private func failure(of request: UpstreamRequest) async -> UpstreamFailure? {
    let upstream = HTTPUpstream()
    do throws(UpstreamFailure) {
      _ = try await upstream.sendWhole(request)
      return nil
    } catch {
      return error
    }
  }

  @Test(arguments: [
    ("ftp://127.0.0.1/", UpstreamFailure.badRequest(.url(.scheme))),
    ("file:///etc/passwd", .badRequest(.url(.scheme))),
    ("", .badRequest(.url(.scheme))),
    ("http://", .badRequest(.url(.host))),
    ("http:///v1", .badRequest(.url(.host))),
    ("http://:80/v1", .badRequest(.url(.host))),
    ("http://me:key@127.0.0.1/", .badRequest(.url(.credentials))),
    ("http://127.0.0.1/a b", .badRequest(.url(.characters))),
    ("http://127.0.0.1/\r\nX: y", .badRequest(.url(.characters))),
    ("http://127.0.0.1:99999/", .badRequest(.url(.malformed))),
    ("http://[::1/", .badRequest(.url(.malformed))),
    ("http://127.0.0.1:9/", .couldNotConnect(host: "127.0.0.1:9")),
    ("http://no.such.host.invalid/", .couldNotResolve(host: "no.such.host.invalid")),
  ])
  func `an address that leads nowhere is refused by its fault`(
    url: String, expected: UpstreamFailure
  ) async {
    #expect(await failure(of: UpstreamRequest(.get, url)) == expected)
  }

  @Test(arguments: [
    ("X-A", "one\r\nX-B: two", UpstreamFailure.RequestFault.headerValue("x-a")),
    ("X-A", "one\nX-B: two", .headerValue("x-a")),
    ("X-A", "nul\0", .headerValue("x-a")),
    ("X-A\r\nX-B", "one", .headerName("x-a\r\nx-b")),
    ("X A", "one", .headerName("x a")),
    ("", "one", .headerName("")),
    ("Content-Length", "5", .headerReserved("content-length")),
    ("Transfer-Encoding", "chunked", .headerReserved("transfer-encoding")),
    ("HOST", "elsewhere", .headerReserved("host")),
  ])
  func `a header that would change the request is refused`(
    name: String, value: String, expected: UpstreamFailure.RequestFault
  ) async {
    let request = UpstreamRequest(
      .get, "http://127.0.0.1:9/", headers: [UpstreamHeader(name, value)])
    #expect(await failure(of: request) == .badRequest(expected))
  }

  @Test func `a missing library is one failure that names the package`() async {
    #expect("\(UpstreamFailure.libraryMissing(.absent))".contains("install"))
    // In a process of its own: a library that another test has opened serves every upstream.
    await #expect(processExitsWith: .success) {
      let names = ["libcurl-that-is-not-there.so.4", "/no/such/folder/libcurl.so.4"]
      let upstream = HTTPUpstream(configuration: .init(libraryNames: names))
      do throws(UpstreamFailure) {
        _ = try await upstream.sendWhole(UpstreamRequest(.get, "http://127.0.0.1:9/"))
      } catch {
        precondition(error == .libraryMissing(.absent))
        return
      }
      preconditionFailure("a call without a library")
    }
  }
}
