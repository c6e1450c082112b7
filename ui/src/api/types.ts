//! Our names for the shapes that the server's `/api/v1` speaks. The shapes themselves are generated from
//! `openapi.json` (`npm run types`): times are RFC 3339 UTC strings, ids are strings.

import type { components } from "./openapi";

type Shapes = components["schemas"];

export type Kind = Shapes["SignalKind"];
export type Decision = Shapes["Decision"];
export type Trick = Shapes["Trick"];
export type Likeness = Shapes["Likeness"];
export type FindingKind = Shapes["FindingKind"];
export type SharedKind = Shapes["SharedKind"];
export type SuggestedKind = Shapes["SuggestedKind"];
export type HealthState = Shapes["HealthState"];
export type Connector = Shapes["Connector"];

/** What the server says instead of an answer, in the user's language. */
export type Refusal = Shapes["Problem"];
export type Person = Shapes["Person"];
export type Link = Shapes["LinkState"];
export type Me = Shapes["Me"];

export type MonitoringPage = Shapes["MonitoringPage"];
export type NarrativeRow = Shapes["NarrativeRow"];
export type Narrative = Shapes["NarrativeDetail"];
export type Moved = Shapes["NarrativeMoved"];
export type Reason = Shapes["ReasonView"];
export type Clock = Shapes["NarrativeClock"];
export type Hour = Shapes["HourCount"];
export type HistoryLine = Shapes["ActView"];
export type Why = Shapes["WhyView"];
export type Recall = Shapes["RecallView"];
export type Spread = Shapes["SpreadView"];
export type Gap = Shapes["GapView"];
export type Finding = Shapes["FindingView"];
export type FindingList = Shapes["FindingList"];
export type JoinedAll = Shapes["JoinedAll"];
export type NewFunction = Shapes["NewFunction"];
export type Notice = Shapes["NoticeView"];
export type ReadingRule = Shapes["ReadingRule"];
export type ReadingRuleView = Shapes["ReadingRuleView"];
export type Reordered = Shapes["Reordered"];
export type Suggestions = Shapes["Suggestions"];
export type CheckView = Shapes["CheckView"];
export type CheckLists = Shapes["CheckLists"];
export type Shared = Shapes["Shared"];
export type ShareForm = Shapes["ShareForm"];
export type ShareAccounts = Shapes["ShareAccounts"];
export type ShareLine = Shapes["ShareLine"];
export type SharePage = Shapes["SharePage"];
export type SuggestionAnswer = Shapes["SuggestionAnswer"];
export type ErrorKnown = Shapes["ErrorView"];
export type Models = Shapes["ModelsView"];
export type JudgeEffect = Shapes["JudgeEffect"];

export type SignalPage = Shapes["SignalPage"];
export type SignalRow = Shapes["SignalRow"];
export type Signal = Shapes["SignalView"];
export type Sheet = Shapes["SheetView"];
export type AttachmentRef = Shapes["AttachmentRef"];
export type EntryView = Shapes["EntryView"];
export type NewSignal = Shapes["NewSignal"];

export type ActRequest = Shapes["ActRequest"];
export type ActDone = Shapes["ActDone"];
export type Colleagues = Shapes["Colleagues"];

export type Note = Shapes["NoteRow"];
export type NotePage = Shapes["NotePage"];
export type NewNote = Shapes["NewNote"];

export type Source = Shapes["SourceRow"];
export type SourceEntry = Shapes["SourceEntryView"];
export type UserRow = Shapes["UserRow"];
export type NewUser = Shapes["NewUser"];
export type JournalState = Shapes["JournalView"];
export type JournalCheck = Shapes["JournalCheck"];
export type AuditPage = Shapes["AuditPage"];
export type AuditRow = Shapes["AuditRow"];

export type LiveDesk = Shapes["LiveDesk"];
export type LiveRow = Shapes["LiveRow"];
export type LiveRows = Shapes["LiveRows"];

export type Exercise = Shapes["ExerciseView"];
export type Step = Shapes["ExerciseStep"];
export type Tampered = Shapes["Tampered"];

export type Keeping = Shapes["KeepingView"];
export type SiteFinding = Shapes["SiteFinding"];
export type MissionFunctions = Shapes["FunctionList"];
export type Answer = Shapes["Response"];
/** One page of a list of the desk. */
export interface DeskPage<T> {
  items: T[];
  next: string | null;
  total: number;
  seq: number;
}
export type AnswerPage = DeskPage<Answer>;
export type AnswerDetail = Shapes["ResponseDetail"];
export type AnswerOption = Shapes["ResponseOption"];
export type NewAnswerOf = Shapes["NewResponse"];
export type Waits = Shapes["Waits"];
export type Message = Shapes["Message"];
export type MessageText = Shapes["MessageText"];
export type TextView = Shapes["TextView"];
export type FactBehind = Shapes["FactBehind"];
export type Form = Shapes["Form"];
export type Channel = Shapes["Channel"];
export type Release = Shapes["Release"];
export type ReleasePage = DeskPage<Release>;
export type NewRelease = Shapes["NewRelease"];
export type Fact = Shapes["Fact"];
export type FactPage = DeskPage<Fact>;
export type NewFact = Shapes["NewFact"];
export type Imported = Shapes["Imported"];
export type MandateHits = Shapes["MandateHits"];
export type Question = Shapes["Question"];
export type QuestionPage = DeskPage<Question>;
export type Followed = Shapes["Effect"];
export type ClockReport = Shapes["ClockReport"];
export type Neighbours = Shapes["Neighbours"];
export type Neighbour = Shapes["Neighbour"];
export type LoopView = Shapes["LoopView"];
export type LoopClock = Shapes["LoopClock"];
export type Standing = Shapes["Standing"];
export type Judgement = Shapes["Judgement"];
export type NewJudgement = Shapes["NewJudgement"];
export type Rabat = Shapes["Rabat"];
export type Contest = Shapes["Contest"];
export type Duty = Shapes["Duty"];
export type Asked = Shapes["Asked"];
export type AskedOfMe = Shapes["AskedOfMe"];
export type Request = Shapes["Request"];
export type Task = Shapes["Task"];
export type Warning = Shapes["Warning"];
export type Incident = Shapes["Incident"];
export type NewIncident = Shapes["NewIncident"];
export type Situation = Shapes["Situation"];
export type DeskItem = Shapes["Item"];
export type Report = Shapes["Report"];
export type FunctionView = Shapes["FunctionView"];
export type Origin = Shapes["Origin"];
export type Plan = Shapes["Plan"];
export type Approval = Shapes["Approval"];
export type Mandate = Shapes["Mandate"];
export type Contact = Shapes["Contact"];
export type Grade = Shapes["GradeView"];
export type Site = Shapes["Site"];
export type SiteCard = Shapes["SiteCard"];
export type NewAnswerTo = Shapes["NewAnswer"];
