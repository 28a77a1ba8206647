internal import CCurl

#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

extension CurlEasy {
  /// What libcurl's error means for this call.
  func failure(
    _ code: CURLcode, of call: PreparedCall, received: Int, wasAnswered: Bool
  ) -> UpstreamFailure {
    let wasReused = number(CURLINFO_NUM_CONNECTS) == 0
    switch code {
    case CURLE_URL_MALFORMAT: return .badRequest(.url(.malformed))
    case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY:
      return .couldNotResolve(host: call.host)
    case CURLE_COULDNT_CONNECT: return .couldNotConnect(host: call.host)
    // The other deadlines are the driver's own: only connecting is timed by libcurl.
    case CURLE_OPERATION_TIMEDOUT: return .connectTimeout(after: call.deadlines.connect)
    case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE,
      CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER, CURLE_SSL_ISSUER_ERROR, CURLE_USE_SSL_FAILED,
      CURLE_SSL_INVALIDCERTSTATUS, CURLE_SSL_CRL_BADFILE, CURLE_SSL_ENGINE_INITFAILED:
      return .tls(host: call.host, detail: call.cleaned(errorDetail))
    case CURLE_GOT_NOTHING: return .noAnswer(reused: wasReused)
    case CURLE_PARTIAL_FILE: return .truncated(received: received)
    case CURLE_FILESIZE_EXCEEDED: return .tooLarge(.body, limit: call.limits.body)
    case CURLE_SEND_ERROR, CURLE_HTTP2_STREAM: return .reset(reused: wasReused)
    case CURLE_RECV_ERROR:
      // libcurl reports a malformed chunk with the same number as a broken connection.
      let isBroken = Int32(clamping: number(CURLINFO_OS_ERRNO)) == ECONNRESET
      return isBroken ? .reset(reused: wasReused) : .badResponse(.notHTTP)
    case CURLE_UNSUPPORTED_PROTOCOL, CURLE_WEIRD_SERVER_REPLY, CURLE_HTTP2:
      return .badResponse(.notHTTP)
    case CURLE_OUT_OF_MEMORY:
      // Also what libcurl says of a single header line over its own limit.
      return wasAnswered ? .tooLarge(.head, limit: call.limits.head) : .noResources
    default: return .badResponse(.other(code: Int(code.rawValue)))
    }
  }
}
