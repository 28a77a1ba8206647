/// What the guards know of Spanish.
enum SpanishWords: LexiconWords {
  static let code = "es"

  static let light = """
    el la los las un una unos unas de del y a al en para con que lo es son soy está están
    estoy era ser estar he ha han hay haber había puedo puede puedes podemos debo debe yo me
    mi mis nosotros nos nuestro nuestra usted ustedes tú te tu tus su sus se si pues
    """
  static let courtesy = "gracias hola favor porfa simplemente"
  static let negations = "no nunca jamás sin ningún ninguna ninguno nada nadie ni tampoco"
  static let markers = """
    desde=from hasta=until por=by hacia=to contra=vs sobre=over bajo=under antes=before
    después=after entre=between durante=during excepto
    """
  static let loose = "en=at para con a=to al=to"
  static let alsoNames = ""
  static let capitonyms = ""
  static let floating = "precio"
  static let opposites = """
    activar encender | desactivar apagar
    aumentar subir más | disminuir bajar reducir menos
    abrir abierto | cerrar cerrado
    comprar | vender
    antes | después
    permitir | prohibir
    con | sin
    añadir agregar | eliminar quitar
    instalar | desinstalar
    enviar | recibir
    mejor | peor
    primero | último
    izquierda | derecha
    siempre | nunca
    incluir | excluir
    """
  static let dates = """
    hoy mañana ayer ahora próximo próxima pasado pasada último última lunes martes miércoles
    jueves viernes sábado domingo mediodía medianoche noche tarde
    """
  static let quantities = """
    todo todos toda todas cada algunos algunas solo sólo varios muchos pocos bastante siempre
    """
  static let comparisons = "más menos mejor peor mayor menor"
  static let numbers = """
    cero=0 dos=2 tres=3 cuatro=4 cinco=5 seis=6 siete=7 ocho=8 nueve=9 diez=10 once=11 doce=12
    veinte=20 treinta=30 cuarenta=40 cincuenta=50 cien=100 mil=1000 millón=1000000 primero=#1
    primera=#1 segundo=#2 tercero=#3
    """
  static let units = """
    % $ dólar=$ dólares=$ € euro=€ euros=€ km kilómetros=km kilómetro=km m metro=m metros=m kg
    kilo=kg kilos=kg g gramo=g gramos=g l litro=l litros=l segundo segundos=segundo minuto
    minutos=minuto hora horas=hora h=hora día días=día semana semanas=semana mes meses=mes año
    años=año grado=° grados=° ° °c
    """
  static let months = """
    enero=01 febrero=02 marzo=03 abril=04 mayo=05 junio=06 julio=07 agosto=08 septiembre=09
    octubre=10 noviembre=11 diciembre=12
    """
  static let paraphrases = """
    cancelar anular
    eliminar borrar
    comprar compra
    precio coste costo cuesta
    cambiar modificar
    reembolso reembolsar
    """
  static let anchored = """
    contraseña:restablecer olvidé olvidado recuperar
    """
  static let phrases = """
    puede decirme,puedes decirme,me puede decir,me puedes decir,quiero saber,quisiera saber,por favor >
    quiero,quisiera,necesito,tengo que,ayúdame a > ~how yo
    qué hago,qué puedo hacer,qué debo hacer > ~how
    cuánto cuesta,cuál es el precio de > ~what precio
    """
  static let actions = """
    restablecer olvidé olvidado recuperar cancelar eliminar cambiar comprar pagar encontrar
    crear
    """
  static let questions = """
    cómo=how por_qué=why cuándo=when dónde=where quién=who qué=what cuál=what cuáles=what
    cuánto=howmuch cuántos=howmany ~how=how ~what=what ~whether=whether
    """
  static let auxiliaries = """
    es=be son=be está=be están=be era=be ha=have han=have he=have puedo=can puede=can
    puedes=can debo=must debe=must
    """
  static let pasts = "era eran había fue"
  static let futures = ""
  static let modals = "puedo=can puede=can puedes=can debo=must debe=must"
  static let persons = """
    yo=1s me=1o mi=1p mis=1p nosotros=4s nos=4o nuestro=4p nuestra=4p tú=2 te=2 tu=2p tus=2p
    usted=2 él=3he.s ella=3she.s ellos=3they.s ellas=3they.s
    """
  static let particleVerbs = ""
  static let particles = ""
  static let irregular = ""
  static let focus = "solo sólo incluso casi también aún todavía realmente ya"
  static let deictic = "aquí allí ahí esto eso este esta ese esa"
  static let articles = "el la los las un una lo"
  static let formal = ""
}
