/// What the guards know of English.
enum EnglishWords: LexiconWords {
  static let code = "en"

  static let light = """
    a an the and of for in at on with about as it its itself this that these those there any so if
    then whether ever be am is are was were been being do does did done doing have has had having
    can could will would shall may might should must i me my mine myself we us our ours ourselves you
    your yours yourself he him his she her hers they them their theirs to too also one's s anymore
    """
  static let courtesy = """
    please kindly actually hi hello hey dear thanks ok okay um uh well basically
    """
  static let negations =
    "not never without neither nor nobody nothing nowhere hardly barely no none"
  static let markers = """
    from into=to onto=to by than versus=vs vs against=vs over under above=over below=under before after
    until till=until since between through via during within behind beyond toward=towards towards per
    except but=except besides despite to=to
    """
  static let loose = "in=at on=at at for with about as"
  static let alsoNames = "will may might can must"
  static let capitonyms = """
    bill mark rose frank hope art sue pat grace jack rob ray dean drew gene chase miles guy josh china
    turkey polish reading mobile nice bath cork split march august
    """
  static let floating = "price"
  static let opposites = """
    on | off
    in | out
    up | down
    enable activate | disable deactivate
    increase raise grow higher more most maximum max | decrease reduce lower less fewer least minimum min shrink
    open opens opening | close closes closing closed shut
    buy purchase | sell
    before earlier | after later
    allow permit allowed | forbid prohibit deny ban block
    include including with | exclude excluding without except
    accept approve | reject decline refuse
    start begin | stop end finish
    add insert | remove delete
    install | uninstall
    subscribe | unsubscribe
    lock | unlock
    login | logout
    optin | optout
    export | import
    upload | download
    send give lend | receive get borrow
    encrypt encode compress | decrypt decode decompress
    connect attach | disconnect detach
    show display | hide
    push | pull
    win gain | lose
    arrive | depart leave
    upgrade | downgrade
    first | last
    left | right
    north | south
    east | west
    cheap cheaper cheapest | expensive dear dearer dearest
    best better good | worst worse bad
    big bigger biggest large larger largest | small smaller smallest little
    high highest | low lowest
    long longer longest | short shorter shortest
    fast faster fastest quick | slow slower slowest
    old older oldest | new newer newest young
    hot hotter | cold colder
    legal | illegal
    safe | unsafe dangerous
    possible | impossible
    public | private
    inside indoor | outside outdoor
    domestic | international
    male | female
    husband | wife
    mother | father
    employer | employee
    landlord | tenant
    buyer | seller
    sender | recipient
    income | expense
    credit | debit
    asset | liability
    vertical | horizontal
    manual | automatic
    synchronous | asynchronous
    mutable | immutable
    odd | even
    true | false
    yes | no
    weekday | weekend
    here | there
    always | never
    work | broken
    pass | fail
    follow | unfollow
    mute | unmute
    freeze | unfreeze
    """
  static let dates = """
    today tomorrow yesterday tonight now currently next previous ago later earlier soon recently
    monday tuesday wednesday thursday friday saturday sunday mon=monday tue=tuesday tues=tuesday
    wed=wednesday thu=thursday thurs=thursday fri=friday weekday weekend midnight noon
    morning afternoon evening night day daily weekly monthly yearly annual annually hourly
    spring summer autumn winter fall=autumn christmas easter mondays=monday tuesdays=tuesday
    wednesdays=wednesday thursdays=thursday fridays=friday saturdays=saturday sundays=sunday
    weekends=weekend weekdays=weekday
    """
  static let quantities = """
    all every each some only both several many few much enough half whole entire most any_of always
    sometimes often rarely once_more just_one
    """
  static let comparisons = """
    more less most least better best worse worst cheaper cheapest dearer dearest bigger biggest
    smaller smallest larger largest higher highest lower lowest faster fastest slower slowest longer
    longest shorter shortest older oldest newer newest fewer fewest stronger strongest weaker weakest
    maximum minimum max min top bottom
    """
  static let numbers = """
    zero=0 two=2 three=3 four=4 five=5 six=6 seven=7 eight=8 nine=9 ten=10 eleven=11 twelve=12
    thirteen=13 fourteen=14 fifteen=15 sixteen=16 seventeen=17 eighteen=18 nineteen=19 twenty=20
    thirty=30 forty=40 fifty=50 sixty=60 seventy=70 eighty=80 ninety=90 hundred=100 thousand=1000
    million=1000000 billion=1000000000 dozen=12 once=1x twice=2x thrice=3x double=2x triple=3x
    first=#1 second=#2 third=#3 fourth=#4 fifth=#5 sixth=#6 seventh=#7 eighth=#8 ninth=#9 tenth=#10
    """
  static let units = """
    percent=% percentage=% % $=dollar dollar dollars=dollar usd=dollar €=euro euro euros=euro eur=euro
    £=pound pound pounds=pound gbp=pound ¥=yen yen cent cents=cent km=km kilometer=km kilometers=km
    kilometre=km kilometres=km m=m meter=m meters=m metre=m metres=m cm mm mile miles=mile mi=mile
    foot feet=foot ft=foot inch inches=inch kg=kg kilogram=kg kilograms=kg kilo=kg kilos=kg g=g gram=g
    grams=g mg milligram=mg milligrams=mg milliliter=ml milliliters=ml lb=lb lbs=lb ounce ounces=ounce oz=ounce ton tons=ton tonne=tonne tonnes=tonne l=liter
    liter liters=liter litre=liter litres=liter ml gallon gallons=gallon cup cups=cup s=second
    sec=second secs=second seconds=second minute minutes=minute min=minute mins=minute hour hours=hour
    h=hour hr=hour hrs=hour days=day day week weeks=week month months=month year years=year yr=year
    yrs=year ms=ms us=µs ns °c=°c celsius=°c °f=°f fahrenheit=°f ° degree=° degrees=° kb mb gb tb kib
    mib gib bit bits=bit byte bytes=byte k=thousand bn=billion mph kmh kw kwh w=watt
    watt watts=watt v=volt volts=volt volt hz ghz mhz px pt mw person people=person
    """
  static let months = """
    january=01 february=02 march=03 april=04 may=05 june=06 july=07 august=08 september=09 october=10
    november=11 december=12 jan=01 feb=02 mar=03 apr=04 jun=06 jul=07 aug=08 sep=09 sept=09 oct=10
    nov=11 dec=12
    """
  static let paraphrases = """
    refund reimburse reimbursement
    delete remove erase
    cancel terminate cancellation
    buy purchase
    price cost
    start begin
    show display
    fix repair
    deliver delivery ship shipping shipment
    invoice bill
    photo picture
    contact reach
    website site
    child kid children
    film movie
    car automobile
    large big
    fast quick
    find locate
    choose select
    create make
    speak talk
    information info detail
    allow permit
    package parcel
    install installation
    pay payment
    subscribe subscription
    register registration
    receive get obtain
    reply respond
    need require
    password passcode
    phone telephone
    employee staff
    vacation holiday
    doctor physician
    lawyer attorney
    app application
    meaning mean define definition
    """
  static let anchored = """
    password:reset forget recover restore lose
    account:create register open
    address email phone name card detail information profile number picture photo:change update edit modify
    refund:receive request claim ask
    coupon:use apply redeem enter
    method card:accept take
    support agent human representative person:contact speak reach
    speak contact:human agent representative person
    invoice receipt:download receive find obtain
    """
  static let phrases = """
    can you tell me,could you tell me,would you tell me,tell me,explain to me,let me know >
    can you explain,could you explain,do you know,any idea,i want to know,i would like to know >
    i just want to know,i just wanted to know,i just wanted to ask,just wondering,just curious >
    i was wondering,i am wondering,i wonder,thank you,thanks a lot,in advance,excuse me >
    can you help me,could you help me,can you help me to,could you help me to,help me,help me to > ~how i
    i need help with,i need help,i need assistance with,show me how to,teach me to,i want to learn how to > ~how i
    i just want to,i just need to,i really want to,i really need to > ~how i
    i want to,i would like to,i need to,i am trying to,i have to,i am looking to,i wish to > ~how i
    do i need to,do i have to,must i,am i required to,am i obliged to > ~whether ~must i
    is there a way to,is there any way to,what is the best way to,what is the way to > ~how
    what are the steps to,what are the steps for,what is the process for,what is the process to > ~how
    what is the procedure for,what is the procedure to,what do i need to do to > ~how
    what do i have to do to,what should i do to,what must i do to,what can i do to > ~how
    what is the easiest way to,how to,how do i go about,how would i go about > ~how
    what do i do,what should i do,what can i do,what now,what to do,what do i do now > ~how
    is it possible to,is it possible for me to,am i able to,can one > ~whether ~can
    how come > why
    a few > several
    a little > some
    what time,at what time > when
    how much does,how much do,how much would,how much will > ~what
    how much is,how much are > ~what price
    what does,what do > what do
    can not remember,do not remember,can not recall,do not recall > forget
    unable to,not able to > ~can not
    no longer > not
    get my money back,money back,get a refund > refund
    get rid of > delete
    send back,give back > return
    sign up,sign me up > register
    log in,log on,sign in,log me in,log into,sign into > login
    log out,log off,sign out,sign off > logout
    set up > setup
    opt in > optin
    opt out > optout
    back up > backup
    e mail,e mails > email
    wi fi > wifi
    customer service,customer support,help desk,support team > support
    opening hours,opening times,business hours,hours of operation,working hours > openhours
    when are you open,when is the store open,when is the shop open > ~what your openhours
    promo code,discount code,coupon code,voucher code,promotional code > coupon
    where is my order > ~how i track my order
    where is my package,where is my parcel > ~how i track my package
    not working,does not work,do not work,is not working,stopped working,will not work > broken
    get a new password,need a new password,new password > reset password
    credit card > creditcard
    debit card > debitcard
    """
  static let actions = """
    reset forget recover restore lose cancel delete refund buy change update edit modify create register
    contact speak find choose show fix install download upload track return pay setup login logout open
    subscribe unsubscribe enable disable receive request claim ask use make add upgrade downgrade
    export import connect verify activate print
    """
  static let questions = """
    how why when where who whom=who whose which=what what ~how=how ~what=what ~whether=whether
    """
  static let auxiliaries = """
    am=be is=be are=be be=be been=be being=be was=be were=be do=do does=do did=do have=have has=have had=have can=can could=can
    may=can might=can will=will would=would shall=should should=should must=must
    """
  static let pasts = "did was were had"
  static let futures = "will shall gonna"
  static let modals = """
    can=can could=can may=can might=can ~can=can possible=can must=must ~must=must required=must
    mandatory=must should=should ought=should
    """
  static let persons = """
    i=1s me=1o my=1p mine=1p myself=1o we=4s us=4o our=4p ours=4p you=2 your=2p yours=2p yourself=2
    he=3he.s him=3he.o his=3he.p himself=3he.o she=3she.s her=3she.o hers=3she.p herself=3she.o they=3they.s
    them=3they.o their=3they.p theirs=3they.p themselves=3they.o
    someone=3one somebody=3one anyone=3one anybody=3one everyone=3all everybody=3all
    """
  static let particleVerbs = """
    turn switch check plug shut power put take phase zoom pick drop pull push go move step scale count
    set back opt log sign tune dial clock
    """
  static let particles = "on off in out up down back"
  static let irregular = """
    forget/forgot/forgotten lose/lost pay/paid send/sent buy/bought sell/sold make/made get/got/gotten
    give/gave/given take/took/taken go/went/gone see/saw/seen find/found tell/told say/said know/knew/known
    think/thought bring/brought keep/kept leave/left_ begin/began/begun break/broke choose/chose/chosen
    write/wrote/written speak/spoke/spoken eat/ate/eaten drive/drove/driven fly/flew/flown grow/grew/grown
    draw/drew/drawn show/shown steal/stole/stolen teach/taught catch/caught build/built spend/spent
    lend/lent hold/held meet/met win/won run/ran feel/felt hear/heard understand/understood become/became
    owe/owed hide/hid/hidden freeze/froze/frozen beat/beaten bite/bit_/bitten kick/kicked use/used
    child/~children person/~people woman/~women man/~men foot/~feet mouse/~mice tooth/~teeth
    die/~dying tie/~tying address/~address business/~business process/~process access/~access
    class/~class pass/~pass loss/~loss less/~less wireless/~wireless express/~express bus/~bus
    status/~status bonus/~bonus virus/~virus gas/~gas is/~is this/~this news/~news
    thing/~thing something/~something king/~king ring/~ring spring/~spring bring/~bring string/~string
    sing/~sing wing/~wing during/~during evening/~evening morning/~morning ceiling/~ceiling
    need/~need speed/~speed feed/~feed seed/~seed red/~red bed/~bed hundred/~hundred indeed/~indeed
    wednesday/~wednesday embed/~embed sped/~sped shed/~shed
    """
  static let focus = """
    only just even really simply also almost still probably merely quite rather already yet
    nearly exactly
    """
  static let deictic = "this that these those here there it"
  static let articles = ""
  static let formal = ""
}
