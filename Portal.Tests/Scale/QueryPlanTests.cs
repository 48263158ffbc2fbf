using System.Reflection;
using Portal.Core.Domains.Integrations;
using Portal.Core.Reactions.Reports;

namespace Portal.Tests.Scale;

/// <summary>
/// Everything that lists, homes, search and exports ask of the database, on a big agency: found by an index or ended by a limit, and in so
/// many steps at most. What there is to ask is found by reflection, so that a new list is asked as well: plain, in every order, and
/// with every filter, and then for the page after the first.
/// </summary>
public sealed class QueryPlanTests(BigPortal portal) : IClassFixture<BigPortal>
{
    /// <summary>Of SQLite's machine. A list counts to 10,001, which takes ten steps a row at most; a walk through all events is more.</summary>
    private const int MostSteps = 120_000;

    /// <summary>Walks that are what was asked for, each with its reason. By what asks, and what is walked.</summary>
    private static readonly Dictionary<(string Read, string Table), string> Stated = new()
    {
        [("AdminHomeQueries.GetAsync", "Users")] = "Says how many people there are, and counts them in an index.",
        [("ClientQueries.ListAsync", "Access")] = "The clients of a service are half of all: SQLite 3.35 reads once who works for whom, instead of looking for each client.",
        [("ClientQueries.CountsAsync", "Clients")] = "Says how many clients there are of each status, and counts them in an index.",
    };

    /// <summary>What stands for a parameter, by its name or by "method name".</summary>
    private static readonly Dictionary<string, object?> Samples = new()
    {
        ["clientId"] = 1L,
        ["ofClient"] = 1L,
        ["id"] = 1L,
        ["StaffQueries.GetAsync id"] = 6L,
        ["userId"] = 6L,
        ["sessionId"] = 1L,
        ["ids"] = new[] { 1L, 2L, 3L },
        ["days"] = 30,
        ["text"] = "ma",
        ["template"] = "welcome",
        ["language"] = "en",
        ["name"] = "clean-up",
        ["deliveryId"] = 1L,
        ["MessageQueries.ListAsync channel"] = MessageChannel.Email,
    };

    /// <summary>What a filter is set to. Q is asked for as a name and as an address.</summary>
    private static readonly Dictionary<string, object> Filters = new()
    {
        ["Type"] = "signed_in",
        ["Actor"] = 1L,
        ["Client"] = 1L,
        ["Agent"] = 6L,
        ["SubjectKind"] = "user",
        ["SubjectId"] = 1L,
        ["From"] = Today.AddDays(-60),
        ["To"] = Today.AddDays(-30),
        ["Zone"] = "Africa/Harare",
        ["WithoutAgent"] = true,
        ["Active"] = true,
        ["Status"] = "active",
        ["DeliveryPage.Status"] = "sent",
        ["MessagePage.Status"] = "sent",
        ["Channel"] = "email",
        ["Subject"] = "some",
        ["State"] = "handled",
        ["Outcome"] = "failed",
        ["Service"] = "website",
        ["Department"] = "website",
        ["Workload"] = "over",
        ["Category"] = "payments",
        ["Changed"] = true,
        ["Provider"] = "stripe",
        ["IsSandbox"] = true,
        ["IsActive"] = true,
        ["ApiConfigPage.Status"] = "ok",
        ["Filter"] = "payments",
        ["SimulatedPage.Provider"] = Portal.Core.Domains.Integrations.Provider.Stripe,
        ["Kind"] = "call",
    };

    public static TheoryData<string> Reads => [.. All.Keys];

    private static Dictionary<string, MethodInfo> All { get; } = (
        from type in typeof(PortalDb).Assembly.GetTypes()
        where type.IsPublic && type.IsClass
        from method in type.GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly)
        where method.GetParameters() is [{ ParameterType: var first }, ..] && first == typeof(Actor)
        where IsList(method) || type.Name.EndsWith("Queries", StringComparison.Ordinal) || type.Namespace == typeof(PaletteQueries).Namespace
        where method.Name != "VerifyAsync" // walks the whole chain: that is its work
        select method).ToDictionary(m => $"{m.DeclaringType!.Name}.{m.Name}");

    private static DateOnly Today => DateOnly.FromDateTime(TimeProvider.System.Now());

    [Fact]
    public void The_reads_are_found()
    {
        Assert.Superset(
            new HashSet<string> { "AuditQueries.ListAsync", "AuditQueries.Export", "ClientQueries.ListAsync", "DeliveryDesk.ListAsync", "OwnEvents.ListAsync", "OwnSessions.ListAsync", "StaffActivity.OfAsync", "AdminHomeQueries.GetAsync" },
            All.Keys.ToHashSet());
        Assert.True(portal.IsBig("Events") && portal.IsBig("Clients") && portal.IsBig("Access") && portal.IsBig("Sessions") && !portal.IsBig("Jobs"));
    }

    [Theory]
    [MemberData(nameof(Reads))]
    public async Task What_is_asked_is_found_by_an_index_or_ended_by_a_limit(string read)
    {
        // An export is everything that was found: it reads and sorts that as a whole, with nobody waiting for a screen.
        var (wrong, answered, isExport) = (new List<string>(), 0, All[read].ReturnType == typeof(Sheet));
        foreach (var (who, actor) in portal.People)
        {
            foreach (var (how, arguments) in await WaysAsync(read, actor))
            {
                var plans = await portal.WatchAsync(async () => answered += await AskAsync(read, arguments) ? 1 : 0);
                foreach (var (asked, plan) in plans)
                {
                    wrong.AddRange(portal.Walks(asked, plan).Where(table => !isExport && !Stated.ContainsKey((read, table))).Select(table => $"{who} {how}: walks {table}\n{Text(asked, plan)}"));
                    if (plan.Steps > MostSteps && !isExport)
                        wrong.Add($"{who} {how}: {plan.Steps} steps\n{Text(asked, plan)}");
                }
            }
        }

        Assert.True(answered > 0, "Nobody was let in: say in Samples what to ask for.");
        Assert.True(wrong.Count == 0, string.Join("\n\n", wrong));
    }

    private static bool IsList(MethodInfo method) => method.ReturnType == typeof(Sheet)
        || (method.ReturnType.IsGenericType && method.ReturnType.GetGenericArguments()[0] is { IsGenericType: true } answer && answer.GetGenericTypeDefinition() == typeof(Paged<>));

    /// <summary>Plain; and for a list in every order, with every filter, and the page after the first.</summary>
    private async Task<List<(string How, object?[] Arguments)>> WaysAsync(string read, Actor actor)
    {
        var method = All[read];
        var pageType = method.GetParameters().Select(p => p.ParameterType).FirstOrDefault(typeof(PageRequest).IsAssignableFrom);
        if (pageType is null)
            return [("plain", Arguments(read, actor, null))];
        var ways = new List<(string, object?[])>();
        foreach (var (how, set) in Settings(pageType).Concat((await OrdersAsync(read, actor, pageType)).SelectMany(o => new[] { Order(o), Order("-" + o) })))
        {
            var page = (PageRequest)Activator.CreateInstance(pageType)!;
            set(page);
            ways.Add((how, Arguments(read, actor, page)));
        }

        return ways;

        static (string, Action<PageRequest>) Order(string order) => ($"sort={order}", page => page.Sort = order);
    }

    private static IEnumerable<(string How, Action<PageRequest> Set)> Settings(Type pageType)
    {
        yield return ("plain", _ => { });
        yield return ("q=ma", page => page.Q = "ma");
        yield return ("q=person70@", page => page.Q = "person70@");
        foreach (var filter in pageType.GetProperties().Where(p => p.DeclaringType != typeof(PageRequest) && p.CanWrite))
        {
            var known = Filters.TryGetValue($"{pageType.Name}.{filter.Name}", out var sample) || Filters.TryGetValue(filter.Name, out sample);
            Assert.True(known, $"{pageType.Name} has a filter {filter.Name}: say in Filters what to ask for.");
            var value = Made(filter.PropertyType, sample!);
            yield return ($"{filter.Name}={sample}", page => Set(page, filter, value));
        }

        void Set(PageRequest page, PropertyInfo filter, object value)
        {
            filter.SetValue(page, value);
            if (filter.Name == "SubjectId")
                pageType.GetProperty("SubjectKind")!.SetValue(page, "user"); // is asked for together
        }
    }

    private static object Made(Type type, object sample)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        return type.IsInstanceOfType(sample) ? sample : Parsed(type, $"{sample}");
    }

    /// <summary>A choice, read as it is from an address.</summary>
    private static object Parsed(Type choice, string text)
    {
        object?[] arguments = [text, null];
        var parse = choice.GetMethod("TryParse", BindingFlags.Static | BindingFlags.Public)!;
        Assert.Equal(true, parse.Invoke(null, arguments));
        return arguments[^1]!;
    }

    /// <summary>Whoever asks for an order that is none is told all there are.</summary>
    private static async Task<string[]> OrdersAsync(string read, Actor actor, Type pageType, BigPortal portal)
    {
        var page = (PageRequest)Activator.CreateInstance(pageType)!;
        page.Sort = "none";
        try
        {
            await RunAsync(portal, read, Arguments(read, actor, page));
            return []; // an export has one order
        }
        catch (Invalid refused)
        {
            return refused.Errors["sort"][0]["Sort by ".Length..].Split(", with")[0].Split(", ");
        }
        catch (PortalException)
        {
            return []; // not theirs to ask
        }
    }

    private Task<string[]> OrdersAsync(string read, Actor actor, Type pageType) => OrdersAsync(read, actor, pageType, portal);

    private static object?[] Arguments(string read, Actor actor, PageRequest? page) => [.. All[read].GetParameters().Select(p =>
        p.ParameterType == typeof(Actor) ? actor
        : p.ParameterType == typeof(CancellationToken) ? Ct
        : typeof(PageRequest).IsAssignableFrom(p.ParameterType) ? page
        : p.Name == "id" && actor.Role is Role.Agent && actor.Grants.Count > 0 ? actor.Grants[0].ClientId
        : Samples.TryGetValue($"{read} {p.Name}", out var sample) || Samples.TryGetValue(p.Name!, out sample) ? sample
        : p.HasDefaultValue ? p.DefaultValue
        : throw new InvalidOperationException($"{read} wants a {p.Name}: say in Samples what to ask for."))];

    /// <returns>Whether they were let in.</returns>
    private async Task<bool> AskAsync(string read, object?[] arguments)
    {
        try
        {
            await RunAsync(portal, read, arguments);
            return true;
        }
        catch (Exception refused) when (refused is Forbidden or NotFound)
        {
            return false;
        }
    }

    private static async Task RunAsync(BigPortal portal, string read, object?[] arguments)
    {
        object? answer;
        try
        {
            answer = All[read].Invoke(portal.Server.Services.GetService(All[read].DeclaringType!), arguments);
        }
        catch (TargetInvocationException refused) when (refused.InnerException is PortalException inner)
        {
            throw inner;
        }

        if (answer is Sheet sheet)
            await sheet.WriteCsvAsync(Stream.Null, Ct);
        else if (answer is Task running)
            await GoOnAsync(portal, read, arguments, running);
    }

    /// <summary>The page after the first is asked in another way than the first.</summary>
    private static async Task GoOnAsync(BigPortal portal, string read, object?[] arguments, Task running)
    {
        await running;
        if (arguments.OfType<PageRequest>().SingleOrDefault() is not { Cursor: null } page)
            return;
        dynamic paged = ((dynamic)running).Result;
        page.Cursor = paged.Next;
        if (page.Cursor is not null)
            await RunAsync(portal, read, arguments);
    }

    private static string Text(Asked asked, Plan plan) => $"{string.Join('\n', plan.Lines.Select(l => "    " + l.Does))}\n{asked.Sql}";
}
