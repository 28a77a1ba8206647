import Hummingbird
import Tracing
