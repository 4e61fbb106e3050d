using Nines.Catalog;
using Nines.Kernel;
using Nines.Paging.Handoffs;
using Nines.Paging.Schedules;
using Nines.Tests.Unit.Measuring.Manifests;
using NodaTime;
using Xunit;

namespace Nines.Tests.Unit.Paging.Handoffs;

public class ShiftKeepingTests
{
    private static readonly Instant Start = Instant.FromUtc(2026, 11, 16, 8, 0);
    private static readonly HandoffFold Fold = new();
    private static readonly CatalogView Catalog = CatalogOf("ada", "ben", "eve");

    private readonly Plan _plan = new();
    private HandoffBook _book = HandoffBook.None;

    [Fact]
    public void Decide_ANewSchedule_BeginsWithWhoeverIsOnCall()
    {
        _plan.Days("ada", "ben");
        Assert.Equal(["began ada 0h"], Run(Start));
        Assert.Equal(Start + Duration.FromDays(1), Due(Start));
    }

    [Fact]
    public void Decide_TheRotationTurns_EndsOneShiftAndBeginsTheNextAtItsTime()
    {
        _plan.Days("ada", "ben");
        Run(Start);
        Assert.Equal(["ended ada 0h-24h", "began ben 24h"], Run(Start + Duration.FromHours(25)));
        Assert.Empty(Run(Start + Duration.FromHours(26)));
    }

    [Fact]
    public void Decide_AfterAPause_TellsEveryTurnOfIt()
    {
        _plan.Days("ada", "ben", "eve", "ada");
        Run(Start);
        Assert.Equal(["ended ada 0h-24h", "began ben 24h", "ended ben 24h-48h", "began eve 48h", "ended eve 48h-72h", "began ada 72h"], Run(Start + Duration.FromHours(80)));
    }

    [Fact]
    public void Decide_AGap_IsAShiftOfNobody()
    {
        _plan.Days("ada", "");
        Run(Start);
        Assert.Equal(["ended ada 0h-24h", "began  24h"], Run(Start + Duration.FromHours(25)));
    }

    [Fact]
    public void Decide_AnOverrideWithinAShift_SplitsItToTheMinute()
    {
        _plan.Days("ada", "ben");
        Run(Start);
        _plan.Over("eve", Start + Duration.FromHours(3), Start + Duration.FromHours(5));
        Assert.Equal(Start + Duration.FromHours(3), Due(Start));
        Assert.Equal(["ended ada 0h-3h", "began eve 3h"], Run(Start + Duration.FromHours(3)));
        Assert.Equal(["ended eve 3h-5h", "began ada 5h"], Run(Start + Duration.FromHours(5)));
    }

    [Fact]
    public void Decide_AnEditOfWhatWasLived_CountsFromNowOnly()
    {
        _plan.Days("ada", "ada");
        Run(Start);
        _plan.Days("ben", "ben");
        Assert.Equal(Instant.MinValue, Due(Start));
        Assert.Equal(["ended ada 0h-4h", "began ben 4h"], Run(Start + Duration.FromHours(4)));
        Assert.Empty(Run(Start + Duration.FromHours(5)));
    }

    /// <summary>An edit of the past that changes nobody now must not keep the duty busy.</summary>
    [Fact]
    public void Due_AnEditOfThePastAlone_IsNotDueOnceItWasLookedAt()
    {
        _plan.Days("ada", "ben");
        Run(Start);
        _plan.Over("eve", Start, Start + Duration.FromHours(1));
        var now = Start + Duration.FromHours(2);
        Assert.Equal(Instant.MinValue, Due(Instant.MinValue));
        Run(now);
        Assert.True(Due(now) > now);
    }

    [Fact]
    public void Decide_AScheduleThatIsGone_EndsItsShift()
    {
        _plan.Days("ada");
        Run(Start);
        Assert.Equal(["ended ada 0h-2h"], Run(Start + Duration.FromHours(2), []));
        Assert.Empty(_book.Now);
    }

    [Fact]
    public void Fold_SavedAndLoaded_IsTheSame()
    {
        _plan.Days("ada", "ben");
        Run(Start);
        Run(Start + Duration.FromHours(25));
        Apply(new ShiftRated(_book.Past[0].Id, "ada", 4));
        Assert.Equal(Fold.Save(_book).ToArray(), Fold.Save(Fold.Load(Fold.Save(_book))).ToArray());
        Assert.Equal(4, _book.Scores.Values.Single().Score);
    }

    private IReadOnlyList<string> Run(Instant now, string[]? names = null)
    {
        var ids = 0;
        var events = ShiftKeeping.Decide(State(), Catalog, _plan, names ?? ["payments"], now, () => $"h{now.ToUnixTimeSeconds()}-{ids++}");
        foreach (var e in events) Apply(e);
        return [.. events.Select(Words)];
    }

    private Instant? Due(Instant looked) => ShiftKeeping.Due(State(), Catalog, _plan, "payments", looked);

    private HouseState State() => HouseState.Empty([new Given(_book)]);

    private void Apply(object happened) => _book = Fold.Apply(_book, new Recorded(new JournalEntry(1, new("handoffs", "payments"), 0, "x", Start, "duty", 0, null, default), happened));

    private static string Words(object happened) => happened switch
    {
        ShiftBegan e => $"began {Names(e.People)} {Hours(e.From)}",
        ShiftEnded e => $"ended {Names(e.People)} {Hours(e.From)}-{Hours(e.Until)}",
        _ => "",
    };

    private static string Names(IReadOnlyList<string> ids) => string.Join(',', ids.Select(i => Catalog.PersonById(i)!.Name));

    private static string Hours(Instant at) => $"{(at - Start).TotalHours:0}h";

    private static CatalogView CatalogOf(params string[] names) => CatalogView.Of(ManifestReading.Read(string.Join("---\n", names.Select(n => $"apiVersion: nines/v1\nkind: Person\nmetadata: {{ name: {n} }}\nspec: {{ contacts: {{ email: {n}@example.com }} }}\n"))));

    private sealed class Given(HandoffBook book) : Fold<HandoffBook>
    {
        public override string Room => "handoffs";

        public override int Version => 1;

        public override HandoffBook Empty => book;

        public override HandoffBook Apply(HandoffBook state, in Recorded happened) => state;
    }

    /// <summary>Days of one person each, and stretches over them.</summary>
    private sealed class Plan : IOnCallSchedules
    {
        private readonly List<(string Who, Instant From, Instant Until)> _over = [];
        private string[] _days = [];

        public void Days(params string[] people) => _days = people;

        public void Over(string who, Instant from, Instant until) => _over.Add((who, from, until));

        public Shift? At(HouseState state, string schedule, Instant at) => Between(state, schedule, at, at + Duration.FromDays(400))[0] is var shift ? shift with { From = at } : null;

        public IReadOnlyList<string> ShadowsAt(HouseState state, string schedule, Instant at) => [];

        public IReadOnlyList<Shift> Between(HouseState state, string schedule, Instant from, Instant to)
        {
            var edges = _over.SelectMany(o => new[] { o.From, o.Until }).Concat(Enumerable.Range(0, 410).Select(d => Start + Duration.FromDays(d))).Where(e => e > from && e < to).Append(to).Distinct().Order();
            var shifts = new List<Shift>();
            var at = from;
            foreach (var edge in edges)
            {
                var who = _over.LastOrDefault(o => at >= o.From && at < o.Until).Who ?? _days[Math.Min(_days.Length - 1, Math.Max(0, (int)(at - Start).TotalDays))];
                if (shifts.Count > 0 && string.Join(',', shifts[^1].People) == who) shifts[^1] = shifts[^1] with { Until = edge };
                else shifts.Add(new(schedule, at, edge, who.Length == 0 ? [] : [who], "days", ""));
                at = edge;
            }

            return shifts;
        }
    }
}
