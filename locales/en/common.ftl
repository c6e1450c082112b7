### Names of things, one per idea. The list with its reasons: docs/glossary.md.

## Roles

role-duty-officer = Duty officer
role-analyst = Analyst
role-communications-officer = Communications officer
role-spokesperson = Spokesperson
role-verifier = Language verifier
role-liaison-assistant = Liaison assistant
role-operations = Operations
role-police = Police
role-protection-adviser = Protection adviser
role-evidence-officer = Evidence officer
role-data-protection-officer = Data protection officer
role-administrator = Administrator
role-visitor = Visitor

## Whom a person belongs to

affiliation-military = Military
affiliation-police = Police
affiliation-civilian = Civilian
affiliation-country-team = Country team
affiliation-host-state = Host State
affiliation-contributor = Troop or police contributor
affiliation-partner = Partner

component-military = Military component
component-police = Police component
component-civilian = Civilian component

## Restricted areas of data

compartment-operations = Operations
compartment-communications = Communications
compartment-protection = Restricted: protection of civilians
compartment-crsv = Restricted: CRSV
compartment-conduct = Restricted: conduct
compartment-health = Restricted: health
compartment-legal = Restricted: legal
compartment-security = Restricted: security
compartment-vault = Source vault

level-see = Read
level-write = Write
level-decide = Decide

## What a signal is

kind-post = Post
kind-sms = SMS
kind-call = Call
kind-liaison = Liaison report
kind-radio = Radio
kind-document = Document

connector-file = File
connector-feed = Feed
connector-intake = Intake
connector-hand = By hand
connector-sms = Text-message gateway
connector-mail = Mail server
connector-form = Form on the public pages

## What a person decided

decision-new = New
decision-relevant = Kept
decision-dismissed = Dismissed

## How copies are alike, and what was changed

likeness-same = Same text
likeness-near = Almost the same text
likeness-link = Same address
likeness-picture = Same picture

reading-many-read = Opened many restricted records
reading-many-taken = Took out many tables or files
reading-many-denied = Asked for many records that are not theirs to see
reading-many-asked = Asked many times who read what
finding-burst = The same, posted by many within moments
finding-repeated = The same accounts, again and again
finding-topic = Spoken of for the first time
suggested-fact = Fact
suggested-story = Story checked before
suggested-class = Kind of speech
suggested-check = Published check
share-form-stix = STIX 2.1
share-form-misp = MISP event
share-accounts-pseudonymous = under pseudonyms
share-accounts-plain = with the names of accounts
tlp-clear = TLP:CLEAR, anybody
tlp-green = TLP:GREEN, within the recipient’s community
tlp-amber = TLP:AMBER, within the recipient’s organisation
tlp-red = TLP:RED, the recipient alone
shared-text = text
shared-link = address
shared-picture = picture
shared-hashtag = hashtag

trick-split-words = Words split
trick-look-alikes = Look-alike letters
trick-invisible = Invisible characters
trick-stretched = Letters repeated
trick-dressing = Capitals, punctuation or emoji changed

## How a language or a place is known

basis-script = only this language uses this script
basis-hint = the source says so
basis-model = a model says so
basis-none = unknown

precision-exact = exact
precision-site = building or junction
precision-village = village or quarter
precision-district = district
precision-region = region
precision-country = country
precision-unknown = precision unknown

## Languages

language-am = Amharic
language-ar = Arabic
language-arq = Algerian Arabic
language-ary = Moroccan Arabic
language-bm = Bambara
language-en = English
language-es = Spanish
language-ff = Fulfulde
language-fr = French
language-ha = Hausa
language-ig = Igbo
language-kr = Kanuri
language-ln = Lingala
language-om = Oromo
language-pcm = Nigerian Pidgin
language-pt = Portuguese
language-ru = Russian
language-rw = Kinyarwanda
language-sg = Sango
language-so = Somali
language-sw = Swahili
language-ti = Tigrinya
language-ts = Tsonga
language-tw = Twi
language-yo = Yoruba
language-zh = Chinese
language-und = Language unknown

## Truth, class and harm: what people judge

truth-unverified = Unverified
truth-corroborated = Corroborated
truth-false = False
truth-true = True
truth-mixed = True in part
truth-undecidable = Undecidable
class-unknown = Not classed
class-misinformation = Misinformation
class-disinformation = Disinformation
class-malinformation = Malinformation
class-hate-speech = Hate speech
class-incitement = Incitement
class-legitimate-criticism = Legitimate criticism
class-satire = Satire
harm-not-assessed = Harm not assessed
harm-none = No harm seen
harm-some = Some harm
harm-serious = Serious: people may be hurt
harm-grave = Grave: lives are at risk now
reliability-A = Completely reliable
reliability-B = Usually reliable
reliability-C = Fairly reliable
reliability-D = Not usually reliable
reliability-E = Unreliable
reliability-F = Reliability cannot be judged
credibility-1 = Confirmed
credibility-2 = Probably true
credibility-3 = Possibly true
credibility-4 = Doubtful
credibility-5 = Improbable
credibility-6 = Cannot be judged

## Records of the desk

record-signal = Signal
record-narrative = Narrative
record-note = Duty log entry
record-request = Request for information
record-fact = Fact
record-mandate = Mandate
record-question = Question
record-plan = Plan
record-response = Response
record-message = Message
record-release = Issue
record-approval = Standing approval
record-task = Task
record-warning = Warning
record-incident = Incident

## Where they stand

duty-waiting = Waiting
duty-acknowledged = Acknowledged
duty-closed = Closed
fact-state-draft = Draft
fact-state-early = Not valid yet
fact-state-live = Live
fact-state-expired = Expired
fact-state-withdrawn = Withdrawn
question-state-unanswered = Not answered
question-state-proposed = Answer proposed
question-state-answered = Answered
stage-need = Need
stage-draft = Draft
stage-verified = Verified
stage-cleared = Cleared
stage-out = Out
stage-measured = Measured
stage-closed = Closed
late-unanswered = Nobody acknowledged in time
late-overdue = Not done in time
delivery-queued = Waiting
delivery-trying = Under way
delivery-sent = Sent
delivery-delivered = Delivered
delivery-failed = Failed, tried again
delivery-given-up = Given up
delivery-withheld = Withheld

## How, by what, in what shape

via-typed = Typed by the unit
via-sms = By SMS
via-radio = Dictated by radio
via-phone = Dictated by telephone
told-yes = Still told as before
told-less = Told less than before
told-no = Not told any more
told-unknown = Cannot say
channel-sms = SMS
channel-email = E-mail
channel-feed = Public feed
channel-file = File
channel-print = Paper
channel-radio = Radio
channel-voice = Spoken by patrols and leaders
channel-form = Public pages (answers to the form)
form-sms = SMS
form-radio-script = Radio script
form-post = Post
form-qa = Questions and answers
form-lines = Lines to take
option-silence = Say nothing and watch
option-pre-bunk = Pre-bunk
option-rebut = Rebut
option-radio = Speak on the radio
option-leader = Ask a trusted leader
option-patrol = Show by a patrol
verdict-can = The mission can and does
verdict-partly = The mission can in part
verdict-cannot = Not in the mandate
warning-site-named = Site named
warning-site-threatened = Site threatened
warning-person-threatened = Person threatened or exposed
warning-judged = Warning by a person
standing-receipt = Receipts of the rumour line
standing-feed = Items of the public feed
standing-alarm = Protective alarms
reply-answer = Wants an answer
reply-discreet = Discreet: no reply
reply-stop = Said STOP
time-precision-minute = to the minute
time-precision-hour = to the hour
time-precision-day = to the day
time-precision-unsure = roughly

## Counts

unit-signals =
    { $count ->
        [one] { $count } signal
       *[other] { $count } signals
    }
unit-sources =
    { $count ->
        [one] { $count } source
       *[other] { $count } sources
    }

## Where a fault stands; the sentence about the fault follows

fault-at-row = Row { $at }:
fault-at-byte = Byte { $at }:
