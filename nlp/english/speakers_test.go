package english_test

import (
	"strings"
	"testing"

	"quoth"
)

// statementsOf are the statements of an article with the paragraphs.
func statementsOf(t *testing.T, paragraphs ...string) []quoth.Statement {
	t.Helper()
	statements, err := analyzer(t).Analyze(article(paragraphs...))
	if err != nil {
		t.Fatal(err)
	}
	return statements
}

// speaker is who speaks in the statement whose content begins with start, "-" for nobody.
func speaker(statements []quoth.Statement, start string) string {
	s := startingWith(statements, start)
	switch {
	case s == nil:
		return "no statement"
	case s.Speaker == nil:
		return "-"
	}
	return s.Speaker.Name
}

// The speaker is the party that the words of the source mean, not what stands beside it in them.
func TestSpeakersOfPages(t *testing.T) {
	for _, c := range []struct{ name, text, start, want string }{
		{"the president is not who was that before", "Former President Hugo Arden came to Marrow. The president said the road would be built.", "the road", "The president"},
		{"a poll by a body with its short name", "A Harbour Council on Global Affairs (HCGA) poll found that most people were against the war.", "that most", "A Harbour Council on Global Affairs (HCGA) poll"},
		{"a poll of a body of somewhere", "A University of Marrow poll found that most of the bakers sang.", "that most", "A University of Marrow poll"},
		{"a surname with a hyphen, by it alone", "Wanda Pell-Quandt said on Monday that she would close the bakery. “The rent is too high,” Pell-Quandt said.", "“The rent", "Wanda Pell-Quandt"},
		{"and with a title, its first half a given name", "Tessa Ross-Mowbray, the minister, said that she would vote against it. “It cannot work,” Ms Ross-Mowbray added.", "“It cannot", "Tessa Ross-Mowbray"},
		{"a surname that begins with a particle", "Pieter van der Kamp said the dykes would hold. “They are strong,” Van der Kamp said.", "“They are", "Pieter van der Kamp"},
		{"and with a hyphen behind it", "Karim Fadel al-Zayani, the president, said elections would be held. “I will not run,” Al-Zayani said.", "“I will", "Karim Fadel al-Zayani"},
		{"the pontiff is the pope", "Pope Corvin said war was a sin. The pontiff said that he prayed for peace.", "that he", "Pope Corvin"},
		{"a part of a party", "Moderate Republicans blame the leaders of the House. “We lost,” they said.", "“We lost", "Moderate Republicans"},
		{"a chamber beside a longer one", "“We like it,” said North Lake Arden Chamber of Commerce chairman Tobin Marsh. The Lake Arden Chamber of Commerce said it would sue.", "it would", "Lake Arden Chamber of Commerce"},
		{"an institution by its first word", "The Marrowby Institution said that ferries are slow. Marrowby found that bridges are cheap.", "that bridges", "Marrowby Institution"},
		{"letters of a name without where it is", "The Inland Ferry Association of Norland sued on Monday. The IFA said the bridge was ugly.", "the bridge", "Inland Ferry Association of Norland"},
		{"a country with a noun before it", "India's archrival Pakistan said on Monday that it would not sign.", "that it", "Pakistan"},
		{"a name of which an editor completed a half", "Zoë Hale left on Tuesday. “We saw Secretary [of State Zoë] Hale,” said Tobin Marsh.", "“We saw", "Tobin Marsh"},
		{"some of two parties", "Several key GOP and Democratic senators said that the plan was dead.", "that the plan", "Several key GOP and Democratic senators"},
		{"two campaigns", "The Hale and Renn campaigns said that the plan was dead.", "that the plan", "The Hale and Renn campaigns"},
		{"by a chamber", "House Democrats said on Monday that the plan was reckless.", "that the plan", "House Democrats"},
		{"by two", "House and Senate Republicans said that the plan was dead.", "that the plan", "House and Senate Republicans"},
		{"many of a people", "Many Americans say that the law is unjust.", "that the law", "Many Americans"},
		{"an \"and\" within what they are called", "“The next tide may help,” Zoë Hale said.\n\nBut rank-and-file Republicans mocked her chart, saying it showed the wrong coast.", "“The next", "Zoë Hale"},
		{"where they are", "Republicans on the committee said that the plan was dead.", "that the plan", "Republicans on the committee"},
		{"a party as a whole", "The plan is popular. But the Democrats said that it was dead.", "that it", "Democrats"},
		{"parts of two parties", "Senate Democrats and many Republicans said that the plan was dead.", "that the plan", "Senate Democrats & many Republicans"},
		{"somebody, and a part of a party", "Zoë Hale and House Democrats said that the plan was dead.", "that the plan", "Zoë Hale & House Democrats"},
		{"many at a time", "Many this week said that the test was too hard.", "that the test", "Many"},
		{"some each year", "Each year students say that the test is too hard.", "that the test", "students"},
		{"a name that is an example", "Zoë Hale left. People like Zoë Hale who said that the test was too hard were let go.", "that the test", "People"},
		{"but not before a comma", "The guild depends on bakers like Zoë Hale, who said that the test was too hard.", "that the test", "Zoë Hale"},
		{"a boat is nobody", "Hugo Pell got a call from a pilot on his boat, who complained that the port was lost.", "that the port", "a pilot"},
		{"nor is a commission", "Hugo Pell got a call from the director of the ferry commission, who said that the port was lost.", "that the port", "the director"},
		{"nor a valley", "It is catnip to people in Marrow Valley, who say that the port was lost.", "that the port", "people"},
		{"nor a campaign", "It was denied by someone close to the Hale campaign, who added that the port was lost.", "that the port", "someone close to the Hale campaign"},
		{"nor is who chose them", "He met a group of voters chosen by the Lake Council who said that the port was lost.", "that the port", "voters"},
		{"who a clause ago", "The council trusts Zoë Hale, who left the ferry and said that the port was lost.", "that the port", "Zoë Hale"},
		{"a time", "The last week has shown that the critics were wrong.", "that the critics", "-"},
		{"a body at a time", "HHS this month agreed to buy the boats.", "to buy", "HHS"},
		{"this", "The ferry is late again. This suggests that the captain is ill.", "that the captain", "-"},
		{"one is anybody", "The ferry is late again. One might ask whether it sank.", "whether", "-"},
		{"along with", "Sen. Tobin Hale, a Republican, along with Sen. Martin Renn, a Democrat, said the bill would pass.", "the bill", "Tobin Hale & Martin Renn"},
		{"and they", "Zoë Hale along with Tobin Renn said the bill would pass. They said that it was good.", "that it", "Zoë Hale & Tobin Renn"},
		{"the fourth of his name", "Senator John D. Hale IV said the ferry was late. Hale added that it was slow.", "that it", "John D. Hale IV"},
		{"the second release", "Vulpine 2.0 claimed that the files came from the party.", "that the files", "Vulpine 2.0"},
		{"an office twice", "Chairman of the Joint Ferries Board Adm. Zoë Hale said that the plan was bad.", "that the plan", "Zoë Hale"},
		{"those alone are anybody", "Those who sailed with her said that she was brave.", "that she", "Those who sailed with her"},
		{"and so are people", "People who live on the coast began to hear that the storm was near.", "that the storm", "People who live on the coast"},
		{"what somebody is not", "The mayor is not the captain who said that the ferry was slow.", "that the ferry", "the captain"},
		{"from a place", "Port Ellory-based harbour analyst Zoë Kelm told MNN that smugglers have grown rapidly. “They are the big threat,” Kelm said.", "that smugglers", "Zoë Kelm"},
		{"where, before the name", "A few feet away, Josh Hale, a 37-year-old pastor at Willow Church in Marrow, said he too believed the council was wrong.", "he too", "Josh Hale"},
		{"a noun with a relative clause before the name", "Another possibility who is a sailor, Westmark Gov. Maud Arkell, said last month that she had mended the nets of the cook.", "that she", "Maud Arkell"},
		{"the agency of the dateline", "Ellory, Westmark (MNN) As bakers, they want to be kind.", "to be kind", "-"},
		{"who, behind party and state", "The bidders include House Speaker Otto Varley, R-Westm., who said that he collected bells.", "that he", "Otto Varley"},
		{"who, behind an age", "They include Justin Quill, 54, who said the road was shut.", "the road", "Justin Quill"},
		{"who, behind what somebody is", "Zoë Hale is a pilot who has said that the harbour is safe.", "that the harbour", "Zoë Hale"},
		{"what somebody tells of themselves", "Gov. Hugo Renn handed the lighthouse key Monday to Maud Arkell, whose pies were praised by singers such as Zoë Hale, Ada Quill and Leon Jarvis. Renn waived the rent of the tower and Arkell will paint it in May, he said in a statement.", "Renn waived", "Hugo Renn"},
		{"the company, beside an outlet", "Lodestar Corp. told MNN Business that some of its ships were near.\n\n“We are there,” Sam Reed, an officer of Lodestar Corp., told MNN Business.\n\nAdditionally, the company said that it would give money.", "that it would", "Lodestar Corp."},
		{"a court by its number", "The 14th Circuit Court of Appeals said the toll was lawful.", "the toll was", "14th Circuit Court of Appeals"},
		{"the president, beside another country's", "President Hale said Friday she was sure.\n\nAs she prepares to meet with Finnish President Sam Reed Monday in Marrow, Ms. Hale said the port was safe.\n\nMr. Reed is old.\n\n“There won't be a confession here,” the president said.", "“There won't", "Hale"},
		{"the president, beside two of guilds", "Dr. Otto Varley, president of the Pilots' Guild, says, “There are fewer pilots.”\n\nDr. Maud Arkell, president of the Bakers' Guild, says, “It is hard.”\n\nThe president praised the pilots and said, “They do it well.”", "“They do", "The president"},
		{"a name glued to a longer form of it", "Edgar Arkell left. Edgar Miles ArkellEdgar Arkell told MNN that the bridge was safe.", "that the bridge", "Edgar Arkell"},
		{"the president, beside a son who is called Jr. once", "President Karrow left. Karrow's foe laughed at Tobin Karrow Jr., who wrote that the gala was over. “It was good,” Karrow said.", "“It was", "Karrow"},
		{"a son told as one, and his father", "The candidate, Tobin Karrow, left. His son Tobin Karrow Jr. said that the gala was over.", "that the gala", "Tobin Karrow Jr."},
		{"the House is no White House", "The White House was silent. The House said the bill was dead.", "the bill", "House"},
		{"but the one of Representatives", "The House of Representatives met. The House said the bill was dead.", "the bill", "House of Representatives"},
		{"somebody at a place", "In southern Norland, Dr. Otto Varley at the Queen Ada VIII hospital in snowbound Harrow, compared how soup is carried round the wards to barges crossing a narrow lock.", "how soup", "Otto Varley"},
		{"not whom they spoke with", "Across the country, an undocumented farm worker who spoke with MNN said the town was afraid.", "the town", "an undocumented farm worker"},
		{"they, of whom there are some", "None of the nine young and old bakers who wrote to The Daily Crumb feared another flood. Yet they all said fine weather was near.", "fine weather", "None of the nine young and old bakers"},
		{"a statement that a body issued", "Mayor Hugo Renn said in a statement that bread was dear. “I am sad,” the statement said.\n\nThe Lake Council issued a statement on Friday mocking the regatta. “It hurts us all,” the statement said.", "“It hurts", "Lake Council"},
		{"a statement issued by somebody", "Mayor Hugo Renn issued a statement denying it. A statement issued by councillor Ada Quill said that he had to go.", "that he had", "Ada Quill"},
		{"a newspaper is no agency", "The Associated Press said Monday that the Army had hired a firm. The Army dropped the firm, according to Hills and Dales. It did so after the newspaper reported that the firm was bad.", "that the firm", "newspaper"},
		{"a word joined to a name", "Karrow has changed the papers. The new phase of Karrow-media relations is loud. “They lie,” Karrow said.", "“They lie", "Karrow"},
		{"a deal of two", "Karrow and Senator Hale met. The Quill-Hale-Karrow deal is bad. “I won,” Mr. Karrow said.", "“I won", "Karrow"},
		{"a surname with a hyphen, beside its first half", "Jane Hale left. Her niece Zoë Hale-Renn stayed. “I won,” Hale-Renn said.", "“I won", "Zoë Hale-Renn"},
		{"the president, beside his wife", "President Truman spoke on Monday. He thanked Zora Truman. “The pier is safe,” Truman said.", "“The pier", "Truman"},
		{"by a given name that is no woman's, beside one", "Mr. Karrow spoke on Monday. He thanked Helen Karrow. “The pier is safe,” Karrow said.", "“The pier", "Karrow"},
		{"the first lady", "Karrow spoke on Monday beside first lady Robin Karrow. “The pier is safe,” Karrow said.", "“The pier", "Karrow"},
		{"a former president, beside his wife", "Zora Roosevelt ran. Former President Roosevelt said the pier was safe.", "the pier", "Roosevelt"},
		{"they, a source", "MNN asked for a comment. A source close to Hale told MNN's Ada Quill that it felt like spring. But noting the weather, they stressed: “It is Hale's day.”", "“It is", "A source close to Hale"},
		{"who, behind what somebody is to a party", "Otto Varley, a conservative Democrat who says that the tax is bad, lost.", "that the tax", "Otto Varley"},
		{"who, behind a state and a party", "Supporters of the pact included Sen. Maud Arkell, Westmark Democrat, who said that it was good.", "that it", "Maud Arkell"},
		{"one of a party", "He looked like a president on Monday, one Iowa Democrat said.", "He looked", "one Iowa Democrat"},
		{"they, beside what is of a people", "It was the long history of American pilot laws. They learned that it was long.", "that it", "-"},
		{"who, beside somebody named", "The report was about Brent Karrow and the captain who said that the pier was safe.", "that the pier", "the captain"},
		{"a document dated and obtained", "The swans were counted, according to a four-page Harbour Office report dated August 19 and obtained by the Coast Post.", "The swans", "a four-page Harbour Office report dated August 19 and obtained by the Coast Post"},
		{"some, with examples", "A few innovative governors – particularly Tess Dunmore and Otto Varley – have said that taxes have to fall.", "that taxes", "A few innovative governors"},
		{"so many, with their names", "Two Marrow Republicans, Reps. Otto Varley and Ned Birch, said the tax was wrong.", "the tax", "Otto Varley & Ned Birch"},
		{"a group among others", "The Democrats, Otto Varley and Ned Birch said the tax was wrong.", "the tax", "Democrats & Otto Varley & Ned Birch"},
		{"party and state, joined by hyphens", "“It was good,” said Sen. Nell Marsh-R-S.C.", "“It was", "Nell Marsh"},
		{"a country's office by its letters", "The U.S. Ferry Safety Office said on Monday that the pier was old. The FSO said the road was wide.", "the road", "U.S. Ferry Safety Office"},
		{"a name of two readings, by the one named last", "Governor Chris Harker left.\n\nChristopher Orrell, the keeper of the lighthouse, stayed. “It is hard,” Chris said.", "“It is", "Christopher Orrell"},
		{"a surname that begins with an article", "Lt. Gen. Tariq al-Wazani said the snow was deep.\n\n“We are ready,” al-Wazani said.", "“We are", "Tariq al-Wazani"},
		{"whose adviser somebody was", "Hugo Renn left.\n\nMaud Arkell, a Marrow University professor and former Renn economic adviser, said the tax was bad.", "the tax", "Maud Arkell"},
		{"some at two places", "Researchers at Harrow and the City University of Marrow said that the lake was dry.", "that the lake", "Researchers at Harrow and the City University of Marrow"},
		{"a relative whose surname nobody else has", "Zoë Hale spoke to her sister, Julie Orrell, of Marrow. “It was a good day,” Orrell said.", "“It was", "Julie Orrell"},
		{"an office by its letters up to and", "The Centers for Harbour Control and Prevention closed the pier. The CHC said the road was wide.", "the road", "Centers for Harbour Control and Prevention"},
		{"a country by its letters", "The United States left the pact on Monday. The U.S. said that it would pay.", "that it", "United States"},
		{"a department by the letters of what it is of", "The Department of Harbours and Inland Ferries closed the pier. HIF said the road was wide.", "the road", "Department of Harbours and Inland Ferries"},
		{"they, a panel of some", "On Monday a panel of women lawyers left the Harbour Council. They said that it was hard to be heard.", "that it was", "women lawyers"},
		{"an office of two words", "MNN and HBC Senior Politics Editor Zoë Hale said that the pier was safe.", "that the pier", "Zoë Hale"},
		{"two whose offices have more words", "House Minority Leader Zoë Hale and Senate Minority Leader Hugo Renn said that the pier was safe.", "that the pier", "Zoë Hale & Hugo Renn"},
		{"a suit, and whose it is", "The lawsuit, filed by Senators Zoë Hale, Ada Quill and Hugo Renn, said that the pier was unsafe.", "that the pier", "The lawsuit"},
		{"a paper by several", "A study by Zoë Hale, Ada Quill and Hugo Renn found that the pier was unsafe.", "that the pier", "A study by Zoë Hale"},
		{"some, from two kinds of places", "Democrats from red and purple states said that the pier was unsafe.", "that the pier", "Democrats"},
		{"critics in two places", "His critics in the Lake Council and the Harbour Union said that the pier was unsafe.", "that the pier", "His critics in the Lake Council and the Harbour Union"},
		{"her, of two of one surname", "Dorothy Hale and Robert Hale came. The town liked Robert Hale. Hale said she would build the pier.", "she would", "Dorothy Hale"},
		{"him, of two of one surname", "Dorothy Hale and Robert Hale came. The town liked Dorothy Hale. Hale said he would build the pier.", "he would", "Robert Hale"},
		{"he, beside one who is called Mrs.", "Robert Hale spoke. Helen Hale saw the pier. Mrs. Hale smiled. Helen Hale and Helen's sister left. “The pier is safe,” Hale said.", "“The pier", "Robert Hale"},
		{"Mr., beside his brother", "Ned Birch failed. “I do not know,” Mr. Birch replied. It did not help that Mr. Birch's brother, Arthur W. Birch, opposed the pier.", "“I do not", "Ned Birch"},
		{"what somebody is, before a name that a clause follows", "Outgoing Finnish Prime Minister Otto Varley, dining in Port Ellory with the captains of the herring fleet on the eve of a regatta, said the pier was safe.", "the pier", "Otto Varley"},
		{"one of a kind, taken up", "Nils Orrell is the governor. The geese are not fed, one health care lobbyist said. “It will take years,” the lobbyist said.", "“It will", "one health care lobbyist"},
		{"none of a kind is not taken up", "Otto Varley, a senator from Westmark, left. There was not one senator who said the pier was safe. “It will take years,” the Westmark senator said.", "“It will", "Otto Varley"},
		{"a word behind a name in a headline", "Karrow Demands A Review Of The Pier\n\nPresident Karrow demands a review. Mr. Hale was silent. “It is bad,” Karrow said.", "“It is", "Karrow"},
		{"a word before a name in a headline", "Against Karrow, Nothing New\n\nNothing was found against Karrow. Mr. Hale was silent. “It is bad,” Karrow said.", "“It is", "Karrow"},
		{"a release from somebody's team", "Maud Arkell gave an interview accusing Hugo Renn of oversleeping. A subsequent news release from Renn's team said Arkell was wrong.", "Arkell was", "A subsequent news release from Renn's team"},
		{"one of several, with an office", "One of Mr. Hale's associates, Norland businessman Hugo Renn, said the pier was safe.", "the pier", "Hugo Renn"},
		{"a third one, with an office", "A third Democratic lawmaker, Rep. Zoë Hale of Westmark, said the pier was safe.", "the pier", "Zoë Hale"},
		{"a spokeswoman of one with an office", "A spokeswoman for the youngest Democrat on the harbour board, Rep. Zoë Hale of Westmark, said the pier was safe.", "the pier", "A spokeswoman for the youngest Democrat on the harbour board"},
		{"somebody of an outlet", "Vox's Emily Hale said the pier was safe.", "the pier", "Emily Hale"},
		{"a department, turned", "The Department of Ferries met. The Ferries Department said the pier was safe.", "the pier", "Department of Ferries"},
		{"a department, by its letters", "The Ferries Department met. The DOF said the pier was safe.", "the pier", "Ferries Department"},
		{"the president of another country", "President Truman met the Norland president on Monday. “I was glad,” the Norland president said.", "“I was", "the Norland president"},
		{"the president of the United States, beside another", "President Truman met President Zoë Hale on Monday. “I was glad,” the U.S. president said.", "“I was", "Truman"},
		{"the president of a group, beside the president", "President Truman met the Pilots' Guild on Monday. The group's president said the pier was safe.", "the pier", "The group's president"},
		{"the president, whom nobody calls so", "Truman left for Ellory on Monday. The president himself said the pier was safe.", "the pier", "Truman"},
		{"the president, where a nominee alone is named", "Harry Truman, the Republican nominee, left for Ellory on Monday. The president said the pier was safe.", "the pier", "The president"},
		{"the senator of a state that nobody is known to be of", "Sen. Zoë Hale, a Republican, left on Monday. The road was shut. It rained. It snowed. The pier is old. “I was glad,” the Texas senator said.", "“I was", "the Texas senator"},
		{"the police chief of a town", "Nora Tibbet drove a tractor through a fence in Ellory. Nora Tibbet had sold plums that morning. She seemed calm, the Port Ellory police chief said.", "She seemed", "the Port Ellory police chief"},
		{"a question about somebody", "Will Hillary Arkell leave?\n\nHillary Arkell said that the bridge was safe.", "that the bridge", "Hillary Arkell"},
		{"no verb in a description", "It was the harbour pilot who said that the bridge was safe.", "that the bridge", "the harbour pilot"},
		{"between dashes", "Leading pilots -- including some at the guild -- say that the bridge is safe.", "that the bridge", "Leading pilots"},
		{"the words for a film", "Media playback is unsupported on your device Media caption Former harbour pilot: “I was very scared when the bridge fell”", "“I was", "Former harbour pilot"},
		{"a paper called so", "“The crane is rusty,” said Zoë Hale, an economist at the port. As The Economist put it last autumn, “a toll might well pay for a crane.”", "“a toll", "Economist"},
		{"named by others in one's own words", "Dr. Hugo Arden says he was a guest. “Ms. Quill had said to me, ‘You know, Dr. Arden, our soup is cold today,’” he said.", "“Ms. Quill", "Hugo Arden"},
		{"a panel of others", "The Harbour Safety Committee met in May. The panel of judges said Monday that it would keep the council from the papers.", "that it would", "panel of judges"},
		{"he, called by a noun just before", "A port official told MNN that the bridge would open. The former mayor came out to the steps. “I am not done,” he said.", "“I am not", "The former mayor"},
		{"by an age", "Zoë Hale worked in the port before. “I am happy,” the 42-year-old said.", "“I am happy", "Zoë Hale"},
		{"named by the writer as one who claims", "The president, Zoë Hale, came out. Sam Reed, president of the guild, had met her. The president also said that she had shared a cake with the pilots who Hale claimed were happy.", "that she had", "Zoë Hale"},
		{"what is said in a list", "Street lamps came first in the interview, during which Mayor Dan Marsh also:\n\nSaid the harbour master Ann Reed was “probably” asleep but added, “I never wake her”.\n\nRefused to say whether he meant to repaint the lighthouse.", "whether he", "Dan Marsh"},
		{"without its week", "Policy makers this week indicated they will not close the bridge.", "they will", "Policy makers"},
		{"another country's president", "Turkish President Borut Reed arrived on Monday. Turkmen President Zuzana Hale met him. The Turkmen president said the road was too.", "the road", "Zuzana Hale"},
		{"a man and a woman", "Paul Hale said on Monday that the bridge was safe. Paula Hale said on Tuesday that the road was shut.", "that the road", "Paula Hale"},
		{"people with something else than knowledge", "People with disabilities said the ramp was steep.", "the ramp", "People with disabilities"},
		{"an agency is no company", "Lodestar Corp. lost a ship. The FAA closed the field. The company said it was sorry.", "it was sorry", "Lodestar Corp."},
		{"by whom it was done last week", "A poll released last week showed that the bridge was safe.", "that the bridge", "A poll released last week"},
		{"whose leader", "Commons Leader Ann Reed said the kettle was on. The Northern Party, whose leader said on Sunday that they could not pay for the barge, left the room.", "that they could", "leader"},
		{"an aide to one with a title", "A former aide to Democratic Lake Sen. Zoë Hale claimed that the pier was safe.", "that the pier", "A former aide to Democratic Lake Sen. Zoë Hale"},
		{"he, behind one who is the subject of a paragraph", "It is about pensions, Ken Renn says. “We have to change,” he says. “It is related to the theme,” Renn says.\n\n“It is late,” Renn says, “not just for us.” He says so often.\n\nSam Hale has been oddly quiet all summer. He's endorsed the plan, saying it was good.", "it was good", "Sam Hale"},
		{"he, behind one whom a long apposition parts from the verb", "Rep. Ted Yarrow said he would not sell his barge. “It was my father's barge,” Yarrow said.\n\nOn the far side of the harbour, Rep. Hugo Brindle (R-CA), a keen champion of ferries, expressed weary annoyance with neighbours slow to sign the timetable drawn up by Speaker Abel Norrin.\n\n“I have my ideas about this,” he said.", "“I have my", "Hugo Brindle"},
		{"he, behind one whose name dashes part from what he is", "Sam Hale told MNN: “Our boats are painted.”\n\nAnother member of the choir – Sen. Hugo Renn (R) of Ohio – issued a gloomier statement Tuesday.\n\n“I'm afraid of wet paint,” he said.", "“I'm afraid", "Hugo Renn"},
		{"he, whom a newspaper spoke with", "Max Arkell denied it. MNN News also spoke with Harbour Guild Chairman Hugo Renn who's fished beside Arkell since boyhood. He says there's mud on every keel.", "there's mud", "Hugo Renn"},
		{"a candidate of a party, beside another who is called one", "Republican Tobin Marsh and Zoë Hale met on Monday. “Hale is one candidate who reads charts,” Martin Renn said. Marsh said the quay was old. The GOP candidate said that tides wait for nobody.", "that tides", "Tobin Marsh"},
		{"a candidate of the other party", "A ballot that strained President Harry Truman's nerves ended in a tie.\n\nTruman applauded the Democratic candidate's song. The Republican candidate, meanwhile, vowed: “We'll row on at dawn.”", "“We'll row", "The Republican candidate"},
		{"the president, beside one of another country", "Mr. Truman took questions. Truman then flew to Norland. Truman has lined up a meeting with President Ilmar Tovin. The president said the pier was safe.", "the pier", "Truman"},
		{"who, behind a state and a party", "The oars lie with Majority Leader Abel Norrin, Ohio Democrat, who has often said he will lend them.", "he will", "Abel Norrin"},
		{"who, behind a trade", "The story starts with Tom Arkell, an electrician who believed that the pier was safe.", "that the pier", "Tom Arkell"},
		{"who, behind a party that somebody is of", "Ann Reed is a Democrat who believes that the pier is safe.", "that the pier", "Ann Reed"},
		{"who, behind the last of several", "She met Ann Reed, Tom Arkell and a pilot who said the pier was safe.", "the pier", "a pilot"},
		{"whom the writer finds to seem something", "Zoë Hale left on Monday. Hale appears to have the louder voice in her choir.", "Hale … to have", "-"},
		{"who was asked did not ask", "Sam Hale blushed and coughed when asked why he had sold his mule.", "why he", "-"},
		{"who is regarded as something does not say so", "Gov. Hugo Renn, long regarded as a patient angler, retired on Friday.", "Gov.", "-"},
		{"who ought to be seen as something does not say so", "Ted Arkell ought to be seen as the braggart that he is.", "Ted", "-"},
		{"by when, and not by whom", "The bakers may list forty pies in their ruling, which is expected by the middle of July.", "which", "-"},
		{"by a trade that the article tells", "Kris Hale is a bartender in Ellory. “It is time,” the bartender said.", "“It is", "Kris Hale"},
		{"by an age and a trade", "“I am angry,” said Hugo Renn as he mended a kite. The 37-year-old baker said he would walk home.", "he would", "Hugo Renn"},
		{"no ally of somebody named nearby", "Zoë Hale left on Monday. “It is time,” an ally said. “I am angry,” the ally said.", "“I am angry", "an ally"},
		{"she, whom nobody names", "A pilot I know is learning to juggle eggs. She joked: “I will need a mop.”", "“I will", "A pilot"},
		{"the leader of a country, by the president's title", "Finnish President Ivan Petrov met officials in Ellory on Tuesday. Talks went on. “We agree,” the Finnish leader said.", "“We agree", "Ivan Petrov"},
		{"the leader of a country, by the prime minister's title", "British Prime Minister Ann Reed met Hale in Ellory. “We agree,” the British leader said.", "“We agree", "Ann Reed"},
		{"a leader right before a name", "North Korean leader Hugo Renn was glad. “We agree,” the North Korean leader said.", "“We agree", "Hugo Renn"},
		{"no leader of today", "Former Mexican President Luis Hale left. “We agree,” the Mexican leader said.", "“We agree", "the Mexican leader"},
		{"a name behind an office and what it is called elsewhere", "Irish Prime Minister (Taoiseach) Hugo Renn said he wished him well.", "he wished", "Hugo Renn"},
		{"he, behind one's own long quotation", "Sam Hale spoke on Monday. “We won,” Hale said. “We won with the young. We won with the old. We won with pilots. We won with bakers. We are the best. We are loyal. We are glad.”\n\nLooking at the year ahead, he predicted: “It is going to be good.”", "“It is going", "Sam Hale"},
		{"whom a lead does not name yet", "A federal judge ruled that the pier was unsafe.\n\nJudge Zoë Hale said the council knew that the pier was old.", "that the pier was unsafe", "Zoë Hale"},
		{"of whom there are two", "A federal judge ruled that the pier was unsafe.\n\nJudge Zoë Hale said the council knew that the pier was old. Judge Hugo Renn was silent.", "that the pier was unsafe", "A federal judge"},
		{"a spokesman of somebody else", "A spokesman for Finland's Foreign Ministry said the pier was unsafe.\n\nWhite House spokesman Hugo Renn said it was old.", "the pier was unsafe", "A spokesman for Finland's Foreign Ministry"},
		{"the two, of the sentence", "Mayor Zoë Hale spoke to Hugo Renn on Monday, and the two agreed that the pier was unsafe.", "that the pier", "Zoë Hale & Hugo Renn"},
		{"both, of the sentence before", "The council met Mayor Zoë Hale and the pilot Hugo Renn. Both said the pier was unsafe.", "the pier", "Zoë Hale & Hugo Renn"},
		{"both, where there are three", "Zoë Hale, Ada Quill and Hugo Renn came. Both said the pier was unsafe.", "the pier", "-"},
		{"a spokesman whom the next paragraph names", "The pier was closed. It rained. A spokesman for Sen. Zoë Hale said the pier was unsafe.\n\n“It is old,” spokesman Hugo Renn said.", "the pier was unsafe", "Hugo Renn"},
		{"he, of a man whose given name is mostly a woman's", "Sen. Hugo Renn spoke on Monday. “We must change,” Mr. Renn said.\n\nMayor Marion Barry said that it was raining.\n\nThe rain would end at noon, he said, asking for patience.", "The rain", "Marion Barry"},
		{"a group of long before", "The Harbour Research Center counted ships. The port is old. The quay is long. The pier is short. The crane is tall. The tide is low. The ferry is late. The bell is loud. The fog is thick. " +
			"A letter was signed by 40 captains. The group said that the bridge was safe.", "that the bridge", "The group"},
		{"the only governor, whose party is not told", "Gov. Perrin Quayle came to Marrow. Rep. Bob Brask, R-Harrow, cheered.\n\nThe Republican governor said that the bill was not meant to hurt.", "that the bill", "Perrin Quayle"},
		{"the host of a show", "On June 30, Perrin Quayle warned of a flood on Twitter. “We must build,” Quayle wrote. “Never stop,” wrote the “Marrow's Got Voices” host.", "“Never", "Perrin Quayle"},
		{"by an age", "Perrin Quayle, 51, warned of a flood. Hugo Pell, 44, laughed at him. The 51-year-old insisted that he would stay.", "that he", "Perrin Quayle"},
		{"but not by another one", "Hugo Pell, 44, laughed. The 37-year-old said that he would stay.", "that he", "The 37-year-old"},
		{"nor one at which nobody is named", "Hugo Pell laughed. The 17-year-old said that he would stay.", "that he", "The 17-year-old"},
		{"a name behind what its bearer did", "The lawyer who ran the appeal for a pardon, Kelda Brask of the public defender's office in Harrow, declined to comment. However, she said she was sure of it.", "she was", "Kelda Brask"},
		{"the news agency named last", "The ferry is late, Olwen Brask told Norland's ZDF, according to Reuters. “We wait,” Brask said.\n\nThe union wants a smooth exit in March, the wire service says.", "The union", "Reuters"},
		{"the agency named last", "The Marrow County Sheriff's Office said in a report that the girls had left.\n\nSure enough, they were gone. The two families called the FBI. They said they thought the girls were on their way.\n\nThe agency put out a notice, and said that it would look for them.", "that it would", "FBI"},
		{"the two who spoke", "Two White House officials said on Monday that the plan was dead. The mayor of Marrow laughed.\n\n“We are done,” the two officials said.", "“We are", "Two White House officials"},
		{"and without the number", "Two White House officials said on Monday that the plan was dead. The mayor of Marrow laughed. The officials said that nobody was hurt.", "that nobody", "Two White House officials"},
		{"some, with and without an article", "Prosecutors said it was theirs. The prosecutors said that more would come.", "that more", "Prosecutors"},
		{"his statement is his", "Perrin Quayle's office sounded a note of caution. Perrin Quayle is the mayor of Marrow.\n\n“The tests are good,” his statement said.", "“The tests", "Perrin Quayle"},
		{"one without a name, by another word", "A person familiar with the talks said that it was over. The source said that it was dead.", "that it was dead", "A person familiar with the talks"},
		{"who speaks for others", "A spokesman for the mayor said that she slept. The spokesman for the guild said that it was closed.", "that it", "The spokesman for the guild"},
	} {
		if got := speaker(statementsOf(t, strings.Split(c.text, "\n\n")...), c.start); got != c.want {
			t.Errorf("%s: %q is of %q, want %q", c.name, c.start, got, c.want)
		}
	}
}

// The prime minister is no minister whom the page calls so.
func TestPrimeMinister(t *testing.T) {
	statements := statementsOf(t, "Tobin Rook said he had “endless trust” in the PM.", "Anna Quill, former minister for lighthouses, said she believed Mrs Marsh would be gone before the herring came.")
	s := startingWith(statements, "he had")
	if s == nil {
		t.Fatalf("no statement: %q", contents(statements))
	}
	for _, p := range s.About {
		if p.Name == "Anna Quill" {
			t.Errorf("%q is about %s", s.Content.Text, p.Name)
		}
	}
}

// Of two who were president, the one means "the president" who was it on the day of the page, and "the president-elect" who became it soon after.
func TestIncumbent(t *testing.T) {
	for _, c := range []struct{ role, published, want string }{
		{"president", "1950-06-01", "Harry Truman"},
		{"president", "1955-06-01", "Dwight Eisenhower"},
		{"president", "1999-06-01", "the president"},
		{"president", "", "the president"},
		{"president-elect", "1952-12-01", "Dwight Eisenhower"},
		{"president-elect", "1955-06-01", "the president-elect"},
		{"president-elect", "", "the president-elect"},
	} {
		a := article("Harry Truman met Dwight Eisenhower in Ellory on Monday.", "“I was glad,” the "+c.role+" said.")
		a.Published.EDTF = c.published
		statements, err := analyzer(t).Analyze(a)
		if err != nil {
			t.Fatal(err)
		}
		if got := speaker(statements, "“I was glad"); got != c.want {
			t.Errorf("the %s, published %q: %q, want %q", c.role, c.published, got, c.want)
		}
	}
}

// Two singers, one called by a song, the other named in a clause of what he claims himself.
func TestSpeakersOfAQuarrel(t *testing.T) {
	statements := statementsOf(t,
		"Zane Mottram (Zo) spoke of his feud with Tom Arkell in a broadcast on August 9. He read out the names of drummers he claims deserted him, including Big Otto, Lee-B and Tom Arkell.",
		"Mottram followed it with a clip of him explaining why showmen live by treachery. He spoke bluntly about his ruined friendship with Tom Arkell, claiming that the Some of Winter hitmaker dropped him after Mottram began rooting for Dan Marsh.",
		"In a spring episode of a podcast, Tom Arkell spoke bluntly about his ruined friendship with Zane Mottram. The popular hitmaker explained that they were sharing no more stages.",
		"“I guess our amplifiers got too loud,” Arkell said.",
		"The Some of Winter singer continued:",
		"“He was cross that I never lent him my drum.”",
	)
	for start, want := range map[string]string{"his ruined friendship with Tom": "Zane Mottram", "that the Some of Winter": "Zane Mottram",
		"his ruined friendship with Zane": "Tom Arkell", "that they were": "Tom Arkell", "“I guess": "Tom Arkell", "“He was cross": "Tom Arkell"} {
		if got := speaker(statements, start); got != want {
			t.Errorf("%q is of %q, want %q", start, got, want)
		}
	}
}

// Who is criticized has said nothing by that.
func TestJudgedSaysNothing(t *testing.T) {
	statements := statementsOf(t, "Emma Hale praised the plan. Sam Reed was criticized for his remarks.")
	found := false
	for _, s := range statements {
		if s.Cue == nil || !strings.Contains(s.Cue.Text, "criticized") {
			continue
		}
		found = true
		if s.Speaker != nil {
			t.Errorf("%q is of %s", s.Content.Text, s.Speaker.Name)
		}
	}
	if !found {
		t.Error("the criticism was not found")
	}
	if got := speaker(statements, "the plan"); got != "Emma Hale" {
		t.Errorf("the praise is of %q", got)
	}
}

// Who is asked about herself at the beginning of a sentence is named after it.
func TestAskedAboutThemselves(t *testing.T) {
	statements := statementsOf(t, "Anna Quill left the council on Tuesday. “I am tired,” Quill said.", "Asked whether she would stand again, Zora Marsh replied: “Ask me in June.”")
	s := startingWith(statements, "whether she")
	if s == nil || len(s.About) != 1 || s.About[0].Name != "Zora Marsh" {
		t.Errorf("got %+v", s)
	}
}

// Whose something is, is who stands before it with "and".
func TestWhoseIsBeside(t *testing.T) {
	statements := statementsOf(t, "Paul Arden, a captain, led the search on Tuesday. Arden said that a farmer and his friends had left the town.")
	s := startingWith(statements, "that a farmer")
	if s == nil || len(s.About) != 0 {
		t.Errorf("got %+v", s)
	}
}

// Ads against somebody are about them, and "anti-Marsh" is nobody.
func TestPrefixedNames(t *testing.T) {
	statements := statementsOf(t, "Tobin Marsh, the mayor, left on Tuesday.", "Zoë Hale said that the anti-Marsh commercials had cost a lot.", "Hale said that an anti-Renn vote was right.")
	for start, want := range map[string]string{"that the anti": "Tobin Marsh", "that an anti": "-"} {
		got := "-"
		if s := startingWith(statements, start); s != nil && len(s.About) == 1 {
			got = s.About[0].Name
		}
		if got != want {
			t.Errorf("%q is about %q, want %q", start, got, want)
		}
	}
}

// A quotation that its cue interrupts goes on behind whatever hangs from the cue.
func TestQuotationsResume(t *testing.T) {
	for text, want := range map[string]string{
		"“The bridge is safe,” Zoë Hale said, pointing to a report by engineers, “and nobody has to be afraid of it.”":        "“The bridge is safe,” … “and nobody has to be afraid of it.”",
		"“Whenever they vote like this,” Tobin Marsh said, referring to the harbour tax, “you hurt the people of this town.”": "“Whenever they vote like this,” … “you hurt the people of this town.”",
		"“The road is wide,” Zoë Hale said, adding that the bridge, “which is not wide at all,” would be closed on Friday.":   "“The road is wide,”",
	} {
		if s := startingWith(statementsOf(t, text), "“"); s == nil || s.Content.Text != want {
			t.Errorf("%s\ngot %+v", text, s)
		}
	}
}

// What a page sets between two paragraphs of one speaker does not part them.
func TestQuotationsGoOnBehindFurniture(t *testing.T) {
	a := article("Zoë Hale opened the bridge. “It will last for a hundred years,” she said.", "Watch “Harbour” weeknights at 6:30 on MNN", "“Nobody will have to wait for the ferry again in this town.”")
	a.Blocks[1].Kind = quoth.Advertisement
	statements, err := analyzer(t).Analyze(a)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range statements {
		if strings.Contains(s.Content.Text, "Nobody will") && s.Speaker != nil && s.Speaker.Name == "Zoë Hale" {
			return
		}
	}
	t.Errorf("got %q", contents(statements))
}

// A heading that quotes is nobody's because somebody spoke above it.
func TestHeadingsGoOnFromNothing(t *testing.T) {
	a := article("Zoë Hale opened the bridge. “It will last for a hundred years,” she said.", "Ad", "“Our winch grew too heavy for two to turn” — When Tobias Renn spoke about the ferry")
	a.Blocks[1].Kind, a.Blocks[2].Kind = quoth.Advertisement, quoth.Heading
	statements, err := analyzer(t).Analyze(a)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range statements {
		if strings.Contains(s.Content.Text, "too heavy") && s.Speaker != nil && s.Speaker.Name == "Zoë Hale" {
			t.Errorf("the heading is of %q", s.Speaker.Name)
		}
	}
}
