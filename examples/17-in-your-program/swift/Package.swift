// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "desk",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "rung", path: "../../..")],
  targets: [
    .executableTarget(name: "desk", dependencies: [.product(name: "RungPolicy", package: "rung")])
  ]
)
