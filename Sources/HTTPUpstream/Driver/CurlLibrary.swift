internal import CCurl

/// libcurl, opened once for the process.
enum CurlLibrary {
  static var usualNames: [String] {
    #if os(macOS)
      [
        "/opt/homebrew/opt/curl/lib/libcurl.4.dylib", "/usr/local/opt/curl/lib/libcurl.4.dylib",
        "/usr/lib/libcurl.4.dylib",
      ]
    #else
      ["libcurl.so.4", "libcurl-gnutls.so.4"]
    #endif
  }

  /// Opens the first of these that is there and new enough; costs about 8 ms the first time.
  static func load(_ names: [String]) throws(UpstreamFailure) {
    var fault = UpstreamFailure.LibraryFault.absent
    for name in names {
      switch unsafe ccurl_load(name) {
      case CCURL_LOADED: return
      case CCURL_TOO_OLD: fault = .tooOld
      case CCURL_BROKEN: fault = .broken
      default: continue
      }
    }
    throw .libraryMissing(fault)
  }
}
