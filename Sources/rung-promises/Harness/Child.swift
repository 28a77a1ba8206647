import Foundation

#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// A program of ours as a process of its own: its output goes into files, so that a kill loses
/// nothing of what it said.
///
/// Spawned and awaited by the system's own calls: Foundation's looks for the end only every fifty
/// milliseconds, and there are thousands of runs.
struct Child {
  let process: pid_t
  let output: URL
  let errors: URL
  /// While this is open, a child that was told so lives.
  private let lifeline: FileHandle?

  enum Ending: Hashable {
    case exit(Int32)
    case signal(Int32)
    /// It had not ended in time and was killed by us.
    case hung
  }

  /// The arguments of a start; paths are absolute.
  struct Start {
    var program: URL
    var arguments: [String]
    var environment: [String: String] = [:]
    /// Its output is `NAME.out` and `NAME.err` in here.
    var folder: URL
    var name: String
    /// Whether its standard input ends when we do.
    var endsWithUs = false
  }

  init(_ start: Start) throws(PromiseFailure) {
    output = start.folder.appending(path: start.name + ".out")
    errors = start.folder.appending(path: start.name + ".err")
    #if canImport(Darwin)
      var actions: posix_spawn_file_actions_t?
    #else
      var actions = unsafe posix_spawn_file_actions_t()
    #endif
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    let flags = O_WRONLY | O_CREAT | O_TRUNC
    unsafe posix_spawn_file_actions_addopen(&actions, 1, output.path, flags, 0o644)
    unsafe posix_spawn_file_actions_addopen(&actions, 2, errors.path, flags, 0o644)
    let pipe = start.endsWithUs ? Pipe() : nil
    if let pipe {
      unsafe posix_spawn_file_actions_adddup2(
        &actions, pipe.fileHandleForReading.fileDescriptor, 0)
      _ = fcntl(pipe.fileHandleForWriting.fileDescriptor, F_SETFD, FD_CLOEXEC)
    } else {
      unsafe posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    }
    lifeline = pipe?.fileHandleForWriting

    var variables = ["PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "NO_COLOR": "1"]
    variables["HOME"] = start.folder.path
    variables.merge(start.environment) { $1 }
    var words = unsafe ([start.program.path] + start.arguments).map { unsafe strdup($0) }
    unsafe words.append(nil)
    var settings = unsafe variables.sorted { $0.key < $1.key }.map {
      unsafe strdup("\($0.key)=\($0.value)")
    }
    unsafe settings.append(nil)
    defer {
      unsafe words.forEach { unsafe free($0) }
      unsafe settings.forEach { unsafe free($0) }
    }
    var process: pid_t = 0
    let problem = unsafe posix_spawn(
      &process, start.program.path, &actions, nil, words, settings)
    guard problem == 0 else {
      throw PromiseFailure(
        "cannot start \(start.program.path): \(unsafe String(cString: strerror(problem)))")
    }
    self.process = process
  }

  /// Waits at most so long, then kills it.
  func ending(within limit: Duration) -> Ending {
    let deadline = ContinuousClock.now + limit
    while true {
      if let ending = endingIfOver() { return ending }
      if ContinuousClock.now > deadline {
        kill()
        while endingIfOver() == nil { usleep(500) }
        return .hung
      }
      usleep(500)
    }
  }

  /// Nil while it runs.
  func endingIfOver() -> Ending? {
    var status: Int32 = 0
    guard unsafe waitpid(process, &status, WNOHANG) == process else { return nil }
    let number = status & 0x7F
    return number == 0 ? .exit((status >> 8) & 0xFF) : .signal(number)
  }

  func kill() { send(SIGKILL) }

  func send(_ number: Int32) {
    #if canImport(Darwin)
      _ = Darwin.kill(process, number)
    #elseif canImport(Glibc)
      _ = Glibc.kill(process, number)
    #elseif canImport(Musl)
      _ = Musl.kill(process, number)
    #endif
  }

  var said: String { Self.text(output) }
  var complaint: String { Self.text(errors) }

  private static func text(_ file: URL) -> String {
    String(decoding: (try? Data(contentsOf: file)) ?? Data(), as: UTF8.self)
  }
}

/// Why a promise could not be tried at all: a program is missing, an answer makes no sense.
struct PromiseFailure: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}
