package english_test

import (
	"strings"
	"testing"

	"quoth"
	"quoth/nlp/english"
)

// occasions reads paragraphs printed on Thursday, 22 September 2016, and shows when, in
// what medium and where each statement was made.
func occasions(t *testing.T, paragraphs ...string) string {
	t.Helper()
	a := article(paragraphs...)
	a.Published = quoth.Published{EDTF: "2016-09-22", From: "flag", Confidence: 1}
	statements, err := analyzer(t).Analyze(a)
	if err != nil {
		t.Fatal(err)
	}
	checkStatements(t, a, statements)
	var lines []string
	for _, s := range statements {
		when, where := "-", "-"
		if s.Said != nil {
			when = s.Said.EDTF + " (" + s.Said.Text + ")"
			if got := s.Said.Evidence.In(a.Text); got != s.Said.Text {
				t.Errorf("the evidence of %q is %q at its span", s.Said.Text, got)
			}
		}
		if s.Venue != nil {
			where = s.Venue.Name
			if got := s.Venue.Span.In(a.Text); got != where {
				t.Errorf("venue %q is %q at its span", where, got)
			}
		}
		lines = append(lines, when+" | "+s.Medium+" | "+where)
	}
	return strings.Join(lines, "\n")
}

func TestOccasions(t *testing.T) {
	for _, c := range []struct {
		name  string
		lines []string
		want  string
	}{
		{"weekday", []string{"Mayor Zoë Hale said on Tuesday that the bridge was safe."}, "2016-09-20 (Tuesday) | unknown | -"},
		{"weekday of the content", []string{"Mayor Zoë Hale said that the bridge had closed on Tuesday."}, "- | unknown | -"},
		{"time of the speaker's past", []string{"Zoë Hale, who was elected in 2010, said that the bridge was safe."}, "- | unknown | -"},
		{"opening", []string{"On Monday, Mayor Zoë Hale said that the bridge was safe."}, "2016-09-19 (Monday) | unknown | -"},
		{"what another did since", []string{"Enrolment has declined since 2008, but Zoë Hale says that the bridge helps."}, "- | unknown | -"},
		{"what was done long ago, and said", []string{"Zoë Hale, a farmer who went for Sam Reed in 2012 and said that the bridge was safe, is sixty."}, "- | unknown | -"},
		{"met long ago, and said", []string{"Zoë Hale met with Sam Reed in Marrow in 2012 and urged him to keep the bridge."}, "2012 (2012) | unknown | -"},
		{"since long ago", []string{"Since 1990, Zoë Hale said, the bridge has been safe."}, "- | unknown | -"},
		{"before what is done on a day", []string{"“The bridge is safe,” Zoë Hale said before Tuesday's vote."}, "- | unknown | -"},
		{"of what is done on a day", []string{"Zoë Hale said of the Tuesday vote that it was fair."}, "- | unknown | -"},
		{"days before another's day", []string{"The bridge opened on Wednesday, just days after Mayor Zoë Hale announced that she would resign."}, "- | unknown | -"},
		{"the day of what a reason is told for", []string{"The road is old.", "The pier is old.", "The crane is old.", "The quay is old.", "Mayor Zoë Hale closed the bridge on Monday because traders feared that it would fall."}, "- | unknown | -"},
		{"in an order", []string{"“The bridge stays,” the judges said in a one-page order."}, "- | document | -"},
		{"in a suit that is none of clothes", []string{"In the suit, Hale's union claimed that the board had cheated."}, "- | document | -"},
		{"told by email", []string{"Zoë Hale told the Marrow Post by email that the bridge was safe."}, "- | message | Marrow Post"},
		{"provided with a statement", []string{"Zoë Hale provided the Marrow Post with the following statement: “The bridge is safe and we will keep it.”"}, "- | statement | -"},
		{"a message on a platform", []string{"In a message posted on Twitter, Zoë Hale called the bridge safe."}, "- | social-media | Twitter"},
		{"on social media", []string{"On social media, drivers criticized the bridge."}, "- | social-media | -"},
		{"wrote to somebody", []string{"Zoë Hale wrote to Tobin Quell that the bridge was safe."}, "- | message | -"},
		{"wrote what is a post", []string{"Zoë Hale came forward with a tweet. “The bridge is safe,” she wrote."}, "- | social-media | -"},
		{"a user of a platform wrote", []string{"“The bridge is safe,” Twitter user Tobin Quell wrote."}, "- | social-media | -"},
		{"of a crowd, and not to it", []string{"Zoë Hale said of her supporters that they were kind."}, "- | unknown | -"},
		{"asked on a ballot", []string{"Lowland will ask voters whether the bridge is safe."}, "- | unknown | -"},
		{"behind what is said", []string{"Zoë Hale offered that explanation in a news conference on Tuesday."}, "2016-09-20 (Tuesday) | press-conference | a news conference"},
		{"in a rant", []string{"Zoë Hale addressed her alleged fallout with Tobin Quell in a rant on Twitter on Tuesday."}, "2016-09-20 (Tuesday) | social-media | Twitter"},
		{"asked by voters", []string{"Asked by voters in Marrow on Wednesday, Zoë Hale said that the bridge was safe."}, "2016-09-21 (Wednesday) | speech | Marrow"},
		{"a year that ends a clause about the source", []string{"“The bridge is safe,” said engineer Zoë Hale, who managed the successful campaign of Sam Reed as mayor of Marrow in 2013."}, "- | unknown | -"},
		{"a day behind a clause about the source", []string{"Drivers who saw the crash said Monday that the bridge was safe."}, "2016-09-19 (Monday) | unknown | -"},
		{"asked in a poll", []string{"Lake Polling asked thousands of voters whether the bridge is safe."}, "- | unknown | -"},
		{"a broadcaster's reporter", []string{"Zoë Hale called on a Fox News reporter: “Let us go to a real network.”"}, "- | unknown | -"},
		{"the chairwoman of a committee", []string{"Zoë Hale told Harbour Committee Chairwoman Ann Renn that the bridge was safe."}, "- | unknown | -"},
		{"a committee with a name", []string{"Zoë Hale told the Senate Judiciary Committee that the bridge was safe."}, "- | testimony | Senate Judiciary Committee"},
		{"what may be held", []string{"The council can hold hearings and urge the mayor to keep the bridge."}, "- | unknown | -"},
		{"a hearing that may come", []string{"The road is old.", "The pier is old.", "The matter could come up at a Senate hearing.", "Tobin Quell, a lawyer, said that the bridge was old."}, "- | unknown | -"},
		{"in response to a ruling", []string{"In response to the ruling, Zoë Hale said that the bridge was hers."}, "- | unknown | -"},
		{"no answer in an interview", []string{"Zoë Hale told the Marrow Post that the bridge was safe.", "She did not respond to a request for comment on the pier."}, "- | interview | Marrow Post\n- | unknown | -"},
		{"until something else", []string{"At the debate, Zoë Hale said that the bridge was safe. She led the town until she announced her retreat."}, "- | speech | the debate\n- | unknown | -"},
		{"what is said within", []string{"The road is old.", "In 2012, Zoë Hale said, the bridge was safe."}, "- | unknown | -"},
		{"today's report", []string{"Today's council report expects that the bridge will fall."}, "2016-09-22 (Today) | document | -"},
		{"today, when people feel", []string{"Today, many voters feel that the bridge is too dear."}, "- | unknown | -"},
		{"a clause of the source's past", []string{"Zoë Hale, who closed the bridge earlier this week, said on MSNBC's “Harbour Talk” that it was old."}, "- | broadcast | Harbour Talk"},
		{"a clause of the source, and a day", []string{"Zoë Hale, who closed the bridge, on Tuesday said that it was old."}, "2016-09-20 (Tuesday) | unknown | -"},
		{"after an event", []string{"In the aftermath of the Sept. 8 vote, Zoë Hale said that the bridge was safe."}, "- | unknown | -"},
		{"days after an event", []string{"Zoë Hale said on the Sunday after the storm that the bridge was safe."}, "- | unknown | -"},
		{"at the end of the day", []string{"At the end of the day, Zoë Hale says that the bridge is safe."}, "- | unknown | -"},
		{"a time when something was said", []string{"It was a change from last year, when Zoë Hale said that the bridge was safe."}, "2015 (last year) | unknown | -"},
		{"as somebody spoke on a day", []string{"Zoë Hale praised the builders as she spoke to traders on Tuesday."}, "2016-09-20 (Tuesday) | unknown | -"},
		{"in somebody's first week", []string{"Zoë Hale said on Tuesday that the bridge was safe.", "In her first week in office, Hale said that it was a ruin."}, "2016-09-20 (Tuesday) | unknown | -\n- | unknown | -"},
		{"as a candidate", []string{"Zoë Hale said on Tuesday that the bridge was safe.", "As a candidate, Hale said that it was a ruin."}, "2016-09-20 (Tuesday) | unknown | -\n- | unknown | -"},
		{"soon after a beginning", []string{"Zoë Hale said on Tuesday that the bridge was safe.", "Shortly after she took office, Hale said that it was a ruin."}, "2016-09-20 (Tuesday) | unknown | -\n- | unknown | -"},
		{"recently", []string{"Zoë Hale said on Tuesday that the bridge was safe.", "Hale recently said that it was a ruin."}, "2016-09-20 (Tuesday) | unknown | -\n- | unknown | -"},
		{"after what was done on the day", []string{"Zoë Hale said on Tuesday that the bridge was safe.", "After the council rose, Hale said that it was a ruin."}, "2016-09-20 (Tuesday) | unknown | -\n2016-09-20 (Tuesday) | unknown | -"},
		{"another's briefing, weeks later", []string{"Zoë Hale announced on Sept. 8 that the harbour master would leave.", "“There is no haste,” a senior harbour official told reporters at the pier."}, "2016-09-08 (Sept. 8) | unknown | -\n- | press-conference | -"},
		{"would not on a day", []string{"Mrs. Hale on Tuesday wouldn't answer whether the bridge was safe."}, "2016-09-20 (Tuesday) | unknown | -"},
		{"told a show on a day", []string{"“The bridge is safe,” Zoë Hale told CNN's “Meet the Harbour” on Sunday. “It is.”"}, "2016-09-18 (Sunday) | interview | Meet the Harbour"},
		{"asked on a day at a briefing", []string{"The road is old.", "Asked at a media briefing Monday whether the bell was cracked, Zoë Hale said that she had never rung it."},
			"2016-09-19 (Monday) | press-conference | a media briefing\n2016-09-19 (Monday) | press-conference | a media briefing"},
		{"a month of a year that is pointed at", []string{"Zoë Hale insisted in that May 2015 interview that the bridge was safe."}, "2015-05 (that May 2015) | interview | -"},
		{"releasing a statement", []string{"Zoë Hale, releasing a written statement on the bridge, said that it was safe."}, "- | statement | -"},
		{"a call with reporters", []string{"“The bridge is safe,” Zoë Hale insisted Friday in a short call with reporters."}, "2016-09-16 (Friday) | press-conference | a short call with reporters"},
		{"a series of tweets", []string{"In a series of tweets, Zoë Hale said that the bridge was safe.", "Sam Reed replied in a series of tweets: “It is not.”"}, "- | social-media | -\n- | social-media | -"},
		{"another tweet", []string{"Zoë Hale told the Marrow Post on Monday that the bridge was safe.", "In another tweet, Hale predicted that it would fall."}, "2016-09-19 (Monday) | interview | Marrow Post\n- | social-media | -"},
		{"a discussion at noon", []string{"“The bridge is safe,” Zoë Hale said at a noontime discussion."}, "- | speech | a noontime discussion"},
		{"said to a show", []string{"“The bridge is safe,” Zoë Hale said to NBC's “Meet the Harbour.”"}, "- | interview | Meet the Harbour"},
		{"explained to a paper", []string{"Zoë Hale explained to The Marrow Examiner that the bridge was safe."}, "- | interview | The Marrow Examiner"},
		{"explained to somebody", []string{"Zoë Hale explained to Sam Reed that the bridge was safe."}, "- | unknown | -"},
		{"told a station", []string{"Zoë Hale told a Marrow radio station that the bridge was safe."}, "- | interview | Marrow radio station"},
		{"an email thread", []string{"“The bridge is safe,” Zoë Hale wrote in an email thread with traders."}, "- | message | -"},
		{"a note to somebody", []string{"In a note to the judge, the jurors asked whether the bridge was safe."}, "- | message | -"},
		{"a legal memo", []string{"Zoë Hale said in a legal memo that the bridge was safe."}, "- | document | -"},
		{"who contributes to a broadcaster", []string{"“The bridge is safe,” said Zoë Hale, a CNN contributor."}, "- | unknown | -"},
		{"those at a briefing", []string{"Several lawmakers at the briefing said that the bridge was safe."}, "- | unknown | -"},
		{"as another spoke", []string{"As Ms. Hale was speaking to journalists Tuesday, Mr. Renn wrote an angry email claiming that the bell was cracked."}, "2016-09-20 (Tuesday) | message | -"},
		{"before another spoke", []string{"Shortly before Zoë Hale spoke to CNN, officials in Marrow issued a warning that the bridge was closed."}, "- | unknown | -"},
		{"a speech at a club", []string{"Zoë Hale said in her speech at the Harbour Club that the bridge was safe."}, "- | speech | the Harbour Club"},
		{"a news conference about something", []string{"The road is old.", "“The bridge is safe,” Zoë Hale said at a news conference about the harbour."}, "- | press-conference | a news conference"},
		{"a debate between two", []string{"Zoë Hale said at Sunday's Democratic debate between Sam Reed and Jon Marsh that the bridge was safe."}, "2016-09-18 (Sunday) | speech | Sunday's Democratic debate"},
		{"an appearance at a briefing", []string{"Zoë Hale said in an unplanned appearance at the Harbour Board weekly media briefing that the bridge was safe."}, "- | press-conference | the Harbour Board weekly media briefing"},
		{"what another did in an interview", []string{"Sam Reed told the Marrow Post on Monday that the road was shut, and Zoë Hale warned that the bridge was old."}, "2016-09-19 (Monday) | interview | Marrow Post\n- | unknown | -"},
		{"one who met and said", []string{"Zoë Hale met traders on Tuesday and said that the bridge was safe."}, "2016-09-20 (Tuesday) | unknown | -"},
		{"what begins on a day to come", []string{"A new campaign begins Tuesday, when traders say they will close the bridge."}, "- | unknown | -"},
		{"what was before another's day", []string{"Before Sam Reed took office in 2010, Zoë Hale promised that the bridge would be safe."}, "- | unknown | -"},
		{"a day before the clause that is said", []string{"State police in Marrow said Tuesday residents who have applied must wait."}, "2016-09-20 (Tuesday) | unknown | -"},
		{"a letter that made somebody speak", []string{"Angered by a letter, Zoë Hale said the oven was safe."}, "- | unknown | -"},
		{"users of no platform", []string{"Ferry users wrote that the boats smelled of tar."}, "- | document | -"},
		{"the day that an announcement ends with", []string{"Governor Zoë Hale announced her plan for the harbour on Tuesday, citing poor health."}, "2016-09-20 (Tuesday) | unknown | -\n2016-09-20 (Tuesday) | unknown | -"},
		{"the day of a call", []string{"“Too few ferries sailed,” Zoë Hale said in a March 14 call with analysts."}, "2016-03-14 (March 14) | unknown | -"},
		{"a name like a month", []string{"“It was cold,” Jan said."}, "- | unknown | -"},
		{"a march", []string{"“The bridge is safe,” Zoë Hale said at the Marrow Women's March."}, "- | speech | the Marrow Women's March"},
		{"some afternoon", []string{"At a mid-afternoon news conference, Zoë Hale said that the bridge was safe."}, "- | press-conference | a mid-afternoon news conference"},
		{"a broadcaster's own show", []string{"“It is not,” Zoë Hale said on MSNBC’s “State of the Harbour.”"}, "- | broadcast | State of the Harbour"},
		{"a broadcaster's own show without marks", []string{"On Sunday, Zoë Hale said on MSNBC's State of the Harbour that the bridge was safe."}, "2016-09-18 (Sunday) | broadcast | State of the Harbour"},
		{"speaking to a show", []string{"Speaking Sunday to MSNBC's “State of the Harbour,” Zoë Hale said that the bridge was safe."}, "2016-09-18 (Sunday) | interview | State of the Harbour"},
		{"speaking on a show", []string{"Speaking Sunday on MSNBC’s “This Harbour,” Zoë Hale said that the bridge was safe."}, "2016-09-18 (Sunday) | broadcast | This Harbour"},
		{"said on a title", []string{"“The bridge is safe,” Zoë Hale said on “Meet the Harbour” Sunday. “And the road is not.”"}, "2016-09-18 (Sunday) | broadcast | Meet the Harbour"},
		{"the day after a show", []string{"On Face the Nation Sunday, Zoë Hale said that the bridge was safe."}, "2016-09-18 (Sunday) | broadcast | Face the Nation"},
		{"a show with a day in its name", []string{"Zoë Hale insisted on Fox News Sunday that every bridge was safe."}, "2016-09-18 (Sunday) | broadcast | Fox News Sunday"},
		{"an outlet's interview that was aired", []string{"In an ITV interview aired early on Wednesday, Zoë Hale said that the bridge was safe."}, "2016-09-21 (early on Wednesday) | interview | ITV"},
		{"speaking on a day to somebody", []string{"Speaking Friday to traders, Mayor Zoë Hale said that the bridge was safe."}, "2016-09-16 (Friday) | speech | -"},
		{"addressing a question", []string{"Zoë Hale addressed the need to close the bridge in a new bill."}, "- | unknown | -"},
		{"a name with a hyphen", []string{"Zoë Hale said at a news conference in the shadow of the M-40 crane that the bridge was safe."}, "- | press-conference | a news conference in the shadow of the M-40 crane"},
		{"told another outlet", []string{"“The bridge is safe,” Zoë Hale told the Marrow Post on Monday.", "“The road is not,” Hale told the Harbour Times."}, "2016-09-19 (Monday) | interview | Marrow Post\n- | interview | Harbour Times"},
		{"more of a tweet", []string{"Zoë Hale tweeted: “I like the bridge, but the road is fine.”", "She said that the quay was open.", "“I love the crane,” she added."}, "- | social-media | -\n- | social-media | -\n- | social-media | -"},
		{"what is said on a day after a tweet", []string{"Zoë Hale tweeted on Sunday that the bridge was safe.", "“The road is shut,” Hale said on Monday."}, "2016-09-18 (Sunday) | social-media | -\n2016-09-19 (Monday) | unknown | -"},
		{"what is often said", []string{"“The bridge is safe,” Mayor Zoë Hale told the Marrow Post on Monday.", "Hale often said that the road was shut."}, "2016-09-19 (Monday) | interview | Marrow Post\n- | unknown | -"},
		{"a promise of the campaign", []string{"“The bridge is safe,” Mayor Zoë Hale told the Marrow Post on Monday.", "During her campaign, Hale promised that the road would be free."}, "2016-09-19 (Monday) | interview | Marrow Post\n- | unknown | -"},
		{"a day long before, and another who says", []string{"Sam Reed announced in April that he would leave the council.", "The bridge board said in a statement clearing Reed that the bridge was safe."}, "2016-04 (April) | unknown | -\n- | statement | -"},
		{"a day to come", []string{"On Wednesday, Reed is scheduled to arrive in Marrow.", "In her interview with the Marrow Post, Zoë Hale said that the bridge was safe."}, "- | interview | Marrow Post"},
		{"took to a platform", []string{"“The bridge is safe,” Zoë Hale told the Marrow Post on Monday.", "After the report was released, Hale took to Twitter where she said that the road was shut."}, "2016-09-19 (Monday) | interview | Marrow Post\n- | social-media | Twitter"},
		{"week not over", []string{"Mayor Zoë Hale said this week that the bridge was safe."}, "2016-09-19/2016-09-22 (this week) | unknown | -"},
		{"part of a month", []string{"In late August, Mayor Zoë Hale said that the bridge was safe."}, "2016-08-21/2016-08-31 (late August) | unknown | -"},
		{"future", []string{"Mayor Zoë Hale said the bridge would open next Monday."}, "- | unknown | -"},
		{"interview", []string{"In a 2014 interview with the Marrow Post, Zoë Hale said that the bridge was safe."}, "2014 (2014) | interview | Marrow Post"},
		{"told an outlet", []string{"“The bridge is safe,” Zoë Hale told the Marrow Post on Monday."}, "2016-09-19 (Monday) | interview | Marrow Post"},
		{"told what keeps its article", []string{"“The bridge is safe,” Zoë Hale told The Hill on Monday."}, "2016-09-19 (Monday) | interview | The Hill"},
		{"a venue begins with its article", []string{"In overall the hearing was calm. Tobin Renn said the road was shut."}, "- | testimony | the hearing"},
		{"a show of force is none", []string{"In a show of force, Zoë Hale said on Tuesday that the bridge was safe."}, "2016-09-20 (Tuesday) | unknown | -"},
		{"nor is a program of the state", []string{"At a rally for the harbour program, Zoë Hale spoke. On the food stamp program, she said that it had failed."}, "- | speech | a rally for the harbour program"},
		{"said on the program", []string{"Zoë Hale said on the program that the bridge was safe."}, "- | broadcast | the program"},
		{"told a show", []string{"Zoë Hale told MNN's “Long Hour” that the bridge was safe."}, "- | interview | Long Hour"},
		{"a report that came out", []string{"The council's annual report, released in March, blamed “rising costs”."}, "2016-03 (March) | document | -"},
		{"a quarter that has begun", []string{"This quarter, Zoë Hale said the bridge was safe."}, "2016-07/2016-09 (This quarter) | unknown | -"},
		{"a broadcaster", []string{"“It is not,” Zoë Hale said on ITV."}, "- | broadcast | ITV"},
		{"told, according to an outlet", []string{"“The bridge is safe,” Zoë Hale told Sam Reed, according to the Marrow Post."}, "- | unknown | -"},
		{"told hundreds", []string{"Zoë Hale told hundreds of supporters that the bridge was safe."}, "- | speech | -"},
		{"told the police", []string{"Zoë Hale told police that the bridge was safe."}, "- | conversation | -"},
		{"addressing something", []string{"Addressing the Harbour Forum on Monday, Zoë Hale said that the bridge was safe."}, "2016-09-19 (Monday) | speech | the Harbour Forum"},
		{"the Post is no post", []string{"The Marrow Post opened in 1950. The Post said that the bridge was safe."}, "- | document | -"},
		{"an outlet called by a noun", []string{"The Marrow Post has the plans. “The bridge is safe,” the outlet wrote. The outlet said that the road was not."}, "- | document | -\n- | document | -"},
		{"a host no more", []string{"Former MNN host Zoë Hale said that the bridge was safe."}, "- | unknown | -"},
		{"a suit", []string{"Zoë Hale sued to close the bridge."}, "- | document | -"},
		{"before the panel alone", []string{"Zoë Hale told the committee on Monday that the bridge was safe.", "Sam Reed said that the road was shut."}, "2016-09-19 (Monday) | testimony | -\n- | unknown | -"},
		{"goes on in the present", []string{"Zoë Hale told the Marrow Post on Monday that the bridge was safe.", "She says that the road is not."}, "2016-09-19 (Monday) | interview | Marrow Post\n2016-09-19 (Monday) | interview | Marrow Post"},
		{"a comparison", []string{"The bridge cost less than forecast in July, Zoë Hale said."}, "- | unknown | -"},
		{"a hearing for something", []string{"“The bridge is safe,” Zoë Hale testified at a council hearing for her part in it."}, "- | testimony | a council hearing"},
		{"somebody who knows of debates", []string{"Sam Reed, an author of books about debates, said that the bridge was safe."}, "- | unknown | -"},
		{"told an outlet, and a clause without that", []string{"Zoë Hale, 26, told The Marrow Post she entered the building with Sam Reed."}, "- | interview | The Marrow Post"},
		{"told an outlet with a hyphen", []string{"“The bridge is safe,” Zoë Hale told the Marrow Times-Herald."}, "- | interview | Marrow Times-Herald"},
		{"a day told long after", []string{"“The bridge is safe,” Zoë Hale told the Marrow Post.", "“The road is not,” Hale said.", "“The quay is,” Hale said.", "On Tuesday, Hale said that the crane was safe."},
			"- | interview | Marrow Post\n- | interview | Marrow Post\n2016-09-20 (Tuesday) | interview | Marrow Post\n2016-09-20 (Tuesday) | interview | Marrow Post"},
		{"one hearing of many", []string{"The harbour board sat all month. The board gave just one hearing on Monday, while three of the hearings that it owed to divers never opened.", "“The bridge is safe,” Sam Reed, an aide to the mayor, said."}, "- | unknown | -"},
		{"a hearing of long before", []string{"The bridge opened in May.", "The road is new.", "The quay is long.", "At a hearing in June, Sam Reed testified that the bridge was safe.", "The pier is old.", "The crane is tall.", "“The road is shut,” Zoë Hale said."}, "2016-06 (June) | testimony | a hearing\n- | unknown | -"},
		{"told an outlet in a statement", []string{"Zoë Hale told the Marrow Post in a statement that the bridge was safe."}, "- | statement | Marrow Post"},
		{"on the floor", []string{"“The bridge is safe,” Zoë Hale boasted Tuesday on the Senate floor.", "Speaking on the floor of the Convention, Sam Reed said that it was not."}, "2016-09-20 (Tuesday) | speech | the Senate floor\n- | speech | the floor of the Convention"},
		{"an interview with what nobody knows as an outlet", []string{"In an interview with The Harbour Reporter, Zoë Hale said that the bridge was safe."}, "- | interview | The Harbour Reporter"},
		{"asked by reporters", []string{"At the rally on Monday, Zoë Hale said that the bridge was safe.", "Asked by reporters on Wednesday, Hale said that it was shut."}, "2016-09-19 (Monday) | speech | the rally\n2016-09-21 (Wednesday) | press-conference | -"},
		{"what is not put on a platform", []string{"Zoë Hale cannot start a Twitter war with Reed. Hale said that the bridge was safe."}, "- | unknown | -"},
		{"a day long past", []string{"The bridge opened on Monday.", "In March 2014, Zoë Hale called the old bridge safe.", "The road is new.", "“The quay is long,” Hale said."}, "2014-03 (March 2014) | unknown | -\n- | unknown | -"},
		{"a forum of the day of the lead", []string{"Zoë Hale suggested Tuesday that the bridge might close.", "The road is old.", "The council met.", "The pier is old.", "The crane is old.", "“It is safe,” Hale said at a forum in Marrow."},
			"2016-09-20 (Tuesday) | unknown | -\n2016-09-20 (Tuesday) | speech | a forum in Marrow"},
		{"what sums up is said", []string{"Zoë Hale wants to close the road.", "“The bridge is safe,” Hale told the Marrow Post on Tuesday."}, "- | unknown | -\n2016-09-20 (Tuesday) | interview | Marrow Post"},
		{"told the newspaper", []string{"The Marrow Gazette wrote that the bridge was closed.", "“The bridge is safe,” Zoë Hale told the newspaper."}, "- | document | -\n- | interview | Marrow Gazette"},
		{"told a show that nobody knows", []string{"Zoë Hale told KNN's “The Harbour Link” that the bridge was safe."}, "- | interview | The Harbour Link"},
		{"according to an outlet", []string{"The bridge is closed, according to the Marrow Gazette."}, "- | document | -"},
		{"a report from somebody", []string{"A report from the harbour office said that the bridge was safe."}, "- | document | -"},
		{"filed a lawsuit", []string{"Zoë Hale filed a lawsuit accusing the council of fraud."}, "- | document | -"},
		{"a dissenting opinion", []string{"In a dissenting opinion, Judge Zoë Hale wrote that the bridge was safe."}, "- | document | -"},
		{"a day of the weeks before, after a year in another paragraph", []string{"The bridge opened in 2011.", "On Aug. 20, Zoë Hale said that the bridge was safe."}, "2016-08-20 (Aug. 20) | unknown | -"},
		{"a month, after a year in another paragraph", []string{"The bridge opened in 2011.", "Zoë Hale said in April that the bridge was safe."}, "2016-04 (April) | unknown | -"},
		{"a station by its call sign", []string{"Zoë Hale told KQXY that the bridge was safe."}, "- | interview | KQXY"},
		{"a guest", []string{"Pilot Zoë Hale joined Fox & Friends Weekend today to explain how sailors tie a knot."}, "2016-09-22 (today) | interview | Fox & Friends Weekend"},
		{"a statement to an outlet", []string{"“The bridge is safe,” Zoë Hale said in an email to the Marrow Times."}, "- | message | Marrow Times"},
		{"an annual meeting", []string{"“The bridge is safe,” Zoë Hale told the Lightermen's Association at its annual meeting in Marrow."}, "- | speech | its annual meeting in Marrow"},
		{"what came out on a day", []string{"Zoë Hale filed a lawsuit on Tuesday in the harbour court.", "The suit says that the bridge was never safe."}, "2016-09-20 (Tuesday) | document | -"},
		{"a memo of a day", []string{"Zoë Hale ordered clubs to stop in a leaked memo dated Sept. 5.", "The memo says that no bridge is safe."}, "- | message | -\n2016-09-05 (Sept. 5) | message | -"},
		{"whose hearing it was not", []string{"“The bridge is safe,” President Zoë Hale said at a press conference in Marrow on Monday.", "The lawmakers met Sam Reed at a hearing about the quay.", "Hale said that the quay was safe."}, "2016-09-19 (Monday) | press-conference | a press conference in Marrow\n2016-09-19 (Monday) | press-conference | a press conference in Marrow"},
		{"no station", []string{"Zoë Hale told KPMG that the bridge was safe."}, "- | unknown | -"},
		{"no outlet", []string{"Organizations said that the bridge was safe.", "Harbour Gymnastics said that the quay was safe."}, "- | unknown | -\n- | unknown | -"},
		{"a newspaper of long before", []string{"The Marrow Gazette opened in the harbour.", "The port is old.", "The quay is long.", "The pier is short.", "The crane is tall.", "The tide is low.", "“The bridge is safe,” Zoë Hale told the newspaper."}, "- | interview | -"},
		{"another report", []string{"Zoë Hale released a report on Tuesday.", "The report by Sam Reed said that the bridge was safe."}, "- | document | -"},
		{"told the reporter", []string{"“The bridge is safe,” Zoë Hale told me this week."}, "2016-09-19/2016-09-22 (this week) | interview | -"},
		{"news conference", []string{"“The bridge is safe,” Zoë Hale insisted at a windy news conference on Wednesday."}, "2016-09-21 (Wednesday) | press-conference | a windy news conference"},
		{"a clause about the venue", []string{"The quarrel began dominating headlines in May after a rally in Marrow where Hale called for captains to be fired."}, "2016-05 (May) | speech | a rally in Marrow"},
		{"statement", []string{"In a statement on Friday, Zoë Hale said that the bridge was safe."}, "2016-09-16 (Friday) | statement | -"},
		{"post", []string{"Zoë Hale wrote on Facebook on Friday that the bridge was safe."}, "2016-09-16 (Friday) | social-media | Facebook"},
		{"tweet", []string{"“The bridge is safe,” Zoë Hale tweeted."}, "- | social-media | -"},
		{"X", []string{"Zoë Hale said in a post on X on September 20 that the bridge was safe."}, "2016-09-20 (September 20) | social-media | X"},
		{"broadcast", []string{"“The bridge is safe,” Zoë Hale said Wednesday on The Sam Reed Show."}, "2016-09-21 (Wednesday) | broadcast | The Sam Reed Show"},
		{"a day is no show", []string{"On Sunday, Zoë Hale said that the bridge was safe."}, "2016-09-18 (Sunday) | unknown | -"},
		{"interview on the air", []string{"In an interview on CBS's “Long Hour,” Zoë Hale said that the bridge was safe."}, "- | interview | Long Hour"},
		{"podcast", []string{"In a May 2014 episode of The Long Road podcast, Zoë Hale said that the bridge was safe."}, "2014-05 (May 2014) | broadcast | The Long Road podcast"},
		{"broadcast of a show", []string{"On this week's broadcast of “The Long Road,” Zoë Hale said that the bridge was safe."}, "2016-09-19/2016-09-22 (this week) | broadcast | The Long Road"},
		{"an event by its full name", []string{"Zoë Hale spoke at the Harbour Safety Forum in Marrow.", "At the forum, Hale said that the bridge was safe."}, "- | speech | the Harbour Safety Forum"},
		{"an event in marks", []string{"Zoë Hale said on Monday at a “Harbour First” rally that the bridge was safe."}, "2016-09-19 (Monday) | speech | a “Harbour First” rally"},
		{"a speech, whatever was told before", []string{"The next bridge is far.", "In his address to the council, Sam Reed said that the bridge was safe."}, "- | speech | -"},
		{"another trial", []string{"Zoë Hale was convicted in March in a separate trial in Marrow.", "Sam Reed, her lawyer, said that the bridge was safe."}, "- | unknown | -"},
		{"a day in the name of a paper", []string{"“The bridge is safe,” Zoë Hale told the Sunday Herald."}, "- | interview | Sunday Herald"},
		{"told a paper of Sundays", []string{"Zoë Hale told the Sunday Mirror: “The bridge is safe.”"}, "- | interview | Sunday Mirror"},
		{"on somebody's show", []string{"Speaking on the MNN's Hugo Renn show, Zoë Hale said that the bridge was safe."}, "- | broadcast | Hugo Renn show"},
		{"one who explains a trial", []string{"The trial of Jon Marsh began in Marrow. His lawyers told the jury that the bridge was safe.", "Legal analyst Zoë Hale said that such trials were rare.", "“They are rare,” Hale said."},
			"- | testimony | -\n- | unknown | -\n- | unknown | -"},
		{"told a journalist by name", []string{"“The bridge is safe,” Zoë Hale told journalist Ann Reed."}, "- | interview | -"},
		{"figures of a company", []string{"Marrow Ferries posted a loss of 3 million in the quarter, beyond what it had expected."}, "- | unknown | -"},
		{"a call for analysts", []string{"In a conference call on Tuesday, Zoë Hale said that the bridge was safe."}, "2016-09-20 (Tuesday) | unknown | -"},
		{"a show of Sundays", []string{"Zoë Hale told the BBC's Sunday Politics programme that the bridge was safe."}, "- | interview | Sunday Politics programme"},
		{"a broadcast of somebody's match", []string{"Zoë Hale said during ESPN's broadcast of Marrow's victory over Ellory that the bridge was safe."}, "- | broadcast | ESPN's broadcast of Marrow's victory over Ellory"},
		{"below a picture", []string{"Zoë Hale said on Monday that the bridge was safe.", "FILE PHOTO: Zoë Hale attends a news conference in Marrow, August 3, 2016. MNN/Jon Reed", "Hale said that the ferry was late."},
			"2016-09-19 (Monday) | unknown | -\n2016-09-19 (Monday) | unknown | -"},
		{"an interview is one's own", []string{"“The bridge is safe,” a person close to the divers told the Marrow Post because Zoë Hale has yet to say so.", "Hale said that the ferry was late."}, "- | interview | Marrow Post\n- | unknown | -"},
		{"what a judge rules", []string{"U.S. District Judge Zoë Hale ruled that the bridge was safe."}, "- | document | -"},
		{"what the justices refuse", []string{"The justices refused to hear the case of the bridge."}, "- | document | -"},
		{"what a judge says", []string{"U.S. District Judge Zoë Hale said that the bridge was safe."}, "- | unknown | -"},
		{"the author of a study", []string{"“The bridge is safe,” said study co-author Zoë Hale."}, "- | unknown | -"},
		{"a site", []string{"“The bridge is safe,” Zoë Hale told MarrowPost.com."}, "- | interview | MarrowPost.com"},
		{"since a season", []string{"Since last fall, Zoë Hale has said that the bridge was safe."}, "2015-09/2016-09-22 (last fall) | unknown | -"},
		{"a month is no place", []string{"Zoë Hale told the committee in April that the bridge was safe."}, "2016-04 (April) | testimony | -"},
		{"testimony about something", []string{"In her testimony about the ferry, Zoë Hale said that the bridge was safe."}, "- | testimony | -"},
		{"letter", []string{"In a letter to the council, Zoë Hale said that the bridge was safe."}, "- | message | -"},
		{"interview for a paper's series", []string{"Zoë Hale agreed to an interview for the Marrow Post's series. “The bridge is safe,” she said."}, "- | interview | Marrow Post\n- | interview | Marrow Post"},
		{"book with a title", []string{"In her 2002 book, “Bridges of Marrow,” Zoë Hale said that the bridge was safe."}, "2002 (2002) | document | Bridges of Marrow"},
		{"an outlet that the recogniser cuts", []string{"A MARROW POST analysis said that the bridge was safe."}, "- | document | MARROW POST"},
		{"a paper's article", []string{"A Marrow Post article said that the bridge was safe."}, "- | document | Marrow Post"},
		{"a court", []string{"The Supreme Court ruled that the bridge was public."}, "- | document | -"},
		{"a court's theatre", []string{"The Royal Court Theatre said that the bridge was public."}, "- | unknown | -"},
		{"who lost in court", []string{"Lodestar, which lost in court, said that the bridge was safe."}, "- | unknown | -"},
		{"who owns a part", []string{"Zoë Hale, who owns 5 percent of Lodestar, said that the bridge was safe."}, "- | unknown | -"},
		{"somebody called Law", []string{"Zoë Law said that the bridge was safe."}, "- | unknown | -"},
		{"somebody called Fox", []string{"Emma Fox said that the bridge was safe."}, "- | unknown | -"},
		{"a broadcaster's lawyers", []string{"CBS's lawyers said that the bridge was safe."}, "- | unknown | -"},
		{"a part of those asked", []string{"Some 58 percent of voters said that the bridge was safe."}, "- | document | -"},
		{"a law", []string{"The Harbour Safety Act says that bridges must be tested."}, "- | document | -"},
		{"forecasts", []string{"Economists predicted that the price of steel would fall."}, "- | document | -"},
		{"on the air", []string{"CNN reported that the bridge was closed."}, "- | broadcast | -"},
		{"a broadcaster's own", []string{"NPR's Zoë Hale reported that the bridge was closed."}, "- | broadcast | -"},
		{"book", []string{"In her 2002 book, Zoë Hale said that the bridge was safe."}, "2002 (2002) | document | -"},
		{"report", []string{"A report released last month found that the bridge was safe."}, "2016-08 (last month) | document | -"},
		{"hearing", []string{"“The bridge is safe,” Zoë Hale testified at a council hearing on Tuesday."}, "2016-09-20 (Tuesday) | testimony | a council hearing"},
		{"rally", []string{"“The bridge is safe,” Zoë Hale said during a rally in Marrow on Saturday."}, "2016-09-17 (Saturday) | speech | a rally in Marrow"},
		{"crowd", []string{"Zoë Hale told a crowd in Marrow on Saturday that the bridge was safe."}, "2016-09-17 (Saturday) | speech | Marrow"},
		{"carried on", []string{"In a speech on Saturday, Zoë Hale said that the bridge was safe.", "“Nobody has to fear it,” Hale said."}, "2016-09-17 (Saturday) | speech | -\n2016-09-17 (Saturday) | speech | -"},
		{"not carried to another", []string{"In a speech on Saturday, Zoë Hale said that the bridge was safe.", "“She is wrong,” said Sam Reed, a builder."}, "2016-09-17 (Saturday) | speech | -\n- | unknown | -"},
		{"not carried to what somebody has said", []string{"In a speech on Saturday, Zoë Hale said that the bridge was safe.", "Hale has said that she loves the bridge."}, "2016-09-17 (Saturday) | speech | -\n- | unknown | -"},
		{"two occasions", []string{"On Monday, Zoë Hale said that the bridge was safe.", "On Tuesday, Hale said that it was not."}, "2016-09-19 (Monday) | unknown | -\n2016-09-20 (Tuesday) | unknown | -"},
		{"nothing told", []string{"Mayor Zoë Hale said that the bridge was safe."}, "- | unknown | -"},
	} {
		got := occasions(t, c.lines...)
		if got != c.want {
			t.Errorf("%s: %q\n got %s\nwant %s", c.name, c.lines, got, c.want)
		}
	}
}

// A debate is one occasion for those who speak there, however often others come between.
func TestEventGoesOn(t *testing.T) {
	got := occasions(t, "Zoë Hale and Sam Reed met on Monday for the only debate of the harbour race.",
		"At the debate, Hale said that the bridge was safe.",
		"Reed said that it was not.",
		"“She has no idea,” he said.",
		"A builder said that both were wrong.")
	want := "2016-09-19 (Monday) | speech | the debate\n" + "2016-09-19 (Monday) | speech | the debate\n" + "2016-09-19 (Monday) | speech | the debate\n" + "- | unknown | -"
	if got != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
}

// What somebody says in an article made from an interview was said in it, whether that is
// told above or below.
func TestInterviewSpreads(t *testing.T) {
	statements := statementsOf(t, "“I never liked the old bridge,” said Zoë Hale, the mayor.",
		"Hale agreed to a long interview for the Marrow Post's series on bridges.",
		"“The new one is safe,” Hale said.")
	for _, start := range []string{"“I never", "“The new"} {
		if s := startingWith(statements, start); s == nil || s.Medium != "interview" {
			t.Errorf("%q is %+v, want of an interview", start, s)
		}
	}
}

// A headline that repeats words of the article was said when these were.
func TestHeadlineInheritsOccasion(t *testing.T) {
	a := article("“We never closed the old road to anyone”", "The road has been in the news.", "“We never closed the old road to anyone in Marrow,” said Zoë Hale, the mayor, at a news conference on Monday.")
	a.Blocks[0].Kind = quoth.Headline
	a.Published = quoth.Published{EDTF: "2016-09-22", From: "flag", Confidence: 1}
	got, err := analyzer(t).Analyze(a)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range got {
		if s.Repeats != nil {
			if s.Said == nil || s.Said.EDTF != "2016-09-19" || s.Medium != "press-conference" {
				t.Errorf("got %+v, %s", s.Said, s.Medium)
			}
			return
		}
	}
	t.Errorf("no statement repeats another: %+v", got)
}

// Without a date of its own an article has no Tuesday.
func TestNoDate(t *testing.T) {
	a := article("Mayor Zoë Hale said on Tuesday that the bridge was safe.", "In May 2014, Hale said that it was not.")
	got, err := analyzer(t).Analyze(a)
	if err != nil {
		t.Fatal(err)
	}
	if len(got) != 2 || got[0].Said != nil || got[1].Said == nil || got[1].Said.EDTF != "2014-05" {
		t.Errorf("got %+v", got)
	}
}

func TestBackground(t *testing.T) {
	a := article("Mayor Zoë Hale said on Tuesday that the bridge was safe.",
		"Hale was elected in 2010. She opened the old bridge on May 5, 2014. The town was founded in 1880.",
		"“It was a great day in 2014,” Hale said.",
		"Hale will leave office in 2018.")
	a.Site = "Marrow Post"
	a.Published = quoth.Published{EDTF: "2016-09-22", From: "flag", Confidence: 1}
	_, got, err := analyzer(t).AnalyzeAll(a)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"2010 Hale was elected in 2010. Zoë Hale", "2014-05-05 She opened the old bridge on May 5, 2014. Zoë Hale"}
	if len(got) != len(want) {
		t.Fatalf("got %+v", got)
	}
	for i, b := range got {
		if show := b.When.EDTF + " " + b.Text + " " + b.About[0].Name; show != want[i] || *b.Credit != a.Site || b.Span.In(a.Text) != b.Text {
			t.Errorf("got %q, want %q", show, want[i])
		}
	}
}

func TestBackgroundWithoutDay(t *testing.T) {
	a := article("Mayor Zoë Hale said that the bridge was safe.", "Hale was elected in 2010. This week the council praised Hale.")
	_, got, err := analyzer(t).AnalyzeAll(a)
	if err != nil {
		t.Fatal(err)
	}
	if len(got) != 1 || got[0].When.EDTF != "2010" {
		t.Errorf("got %+v, want 2010 alone", got)
	}
}

// Attributions that are given have the same statements as those that are found.
// What an outer saying is told beside is nothing of one within it.
func TestAnalyzeGivenWithin(t *testing.T) {
	a := article("Sam Reed told the Marrow Post on Tuesday that Zoë Hale had promised to open the bridge.")
	a.Published = quoth.Published{EDTF: "2016-09-22", From: "flag", Confidence: 1}
	at := func(words string) []quoth.Span {
		i := strings.Index(a.Text, words)
		return []quoth.Span{{Start: i, End: i + len(words)}}
	}
	got, err := analyzer(t).AnalyzeGiven(a, []quoth.Attribution{
		{Source: at("Sam Reed"), Cue: at("told"), Content: at("that Zoë Hale had promised to open the bridge")},
		{Source: at("Zoë Hale"), Cue: at("had promised"), Content: at("to open the bridge")},
	})
	if err != nil || len(got) != 2 {
		t.Fatal(got, err)
	}
	if outer := got[0]; outer.Said == nil || outer.Said.EDTF != "2016-09-20" || outer.Medium != "interview" {
		t.Errorf("the outer one was said %v by %s", outer.Said, outer.Medium)
	}
	if inner := got[1]; inner.Said != nil || inner.Medium != "unknown" {
		t.Errorf("the inner one was said %v by %s", inner.Said, inner.Medium)
	}
}

func TestAnalyzeGiven(t *testing.T) {
	a := article("Mayor Zoë Hale said on Tuesday that the bridge was safe.")
	a.Published = quoth.Published{EDTF: "2016-09-22", From: "flag", Confidence: 1}
	at := func(words string) []quoth.Span {
		i := strings.Index(a.Text, words)
		return []quoth.Span{{Start: i, End: i + len(words)}}
	}
	given := []quoth.Attribution{
		{Source: at("Mayor Zoë Hale"), Cue: at("said"), Content: at("that the bridge was safe")},
		{Source: at("Hale"), Cue: at("said")}, // says nothing
	}
	got, err := analyzer(t).AnalyzeGiven(a, given)
	if err != nil {
		t.Fatal(err)
	}
	if len(got) != 1 || got[0].Content.Text != "that the bridge was safe" || got[0].Said == nil || got[0].Speaker == nil || got[0].Speaker.Name != "Zoë Hale" {
		t.Errorf("got %+v", got)
	}
}

var _ quoth.BackgroundFinder = (*english.Analyzer)(nil)
