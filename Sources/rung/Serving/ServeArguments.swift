import ArgumentParser
import Logging
import RoutingGateway

/// Where a gateway listens and how much it takes on.
struct ServeArguments: ParsableArguments {
  @Option(help: "The address to listen on.")
  var host = "127.0.0.1"

  @Option(help: "The port to listen on; 0 takes a free one.")
  var port = 4141

  @Option(help: "How many requests are served at once; streams count until they end.")
  var atOnce = AdmissionLimits().inFlight

  @Option(help: "How many more may wait a moment for their turn; others get 503 at once.")
  var queue = AdmissionLimits().queued

  @Option(
    help: ArgumentHelp(
      "What requests under way get when the gateway is told to stop, as 30s.", valueName: "time"),
    transform: TimeSpan.read)
  var drain = TimeSpan(seconds: 30)

  @Option(help: "The status of a request whose budget is spent: 402 or 429.")
  var budgetStatus = 402

  @ArgumentParser.Flag(help: "Take a changed policy on SIGHUP or by request only.")
  var noWatch = false

  @ArgumentParser.Flag(help: "Add the x-litellm-* headers that dashboards already read.")
  var litellmHeaders = false

  mutating func validate() throws {
    guard (0...65_535).contains(port) else { throw ValidationError("--port takes 0 to 65535") }
    guard (1...100_000).contains(atOnce), (0...100_000).contains(queue) else {
      throw ValidationError("--at-once takes 1 to 100000, --queue 0 to 100000")
    }
    guard drain <= .day else { throw ValidationError("--drain takes 0s to 1d") }
    guard budgetStatus == 402 || budgetStatus == 429 else {
      throw ValidationError("--budget-status takes 402 or 429")
    }
  }

  var settings: GatewaySettings {
    var settings = GatewaySettings()
    settings.host = host
    settings.port = port
    settings.admission.inFlight = atOnce
    settings.admission.queued = queue
    settings.drain = drain.duration
    settings.budgetIsLimit = budgetStatus == 429
    settings.watchesFiles = !noWatch
    settings.addsLiteLLMHeaders = litellmHeaders
    return settings
  }
}

/// What a gateway says of its requests on standard error.
struct LogArguments: ParsableArguments {
  @Option(
    help: "The log on standard error, one line a request: text for people, json for machines.")
  var log = Words.text

  @ArgumentParser.Flag(help: "Log what is odd only, not every request.")
  var quiet = false

  enum Words: String, ExpressibleByArgument, CaseIterable {
    case text, json
  }

  func logger(to output: LogOutput) -> Logger {
    let format: LogFormat =
      switch log {
      case .text: .text(isColoured: Terminal.coloursErrors)
      case .json: .json
      }
    let level: Logger.Level = quiet ? .warning : .info
    return Logger(label: "rung") { _ in
      LineLogHandler(format, to: output, level: level, clock: { Moment.timestamp })
    }
  }
}
