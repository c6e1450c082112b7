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

## What a person decided

decision-new = New
decision-relevant = Kept
decision-dismissed = Dismissed

## How copies are alike, and what was changed

likeness-same = Same text
likeness-near = Almost the same text

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
