using Portal.Benchmarks.Circuits;
using Portal.Benchmarks.Floor;
using Portal.Benchmarks.Hosts;
using Portal.Benchmarks.Lane;
using Portal.Benchmarks.Lists;
using Portal.Benchmarks.Mail;
using Portal.Benchmarks.Mixed;
using Portal.Benchmarks.Odd;
using Portal.Benchmarks.Seed;
using Portal.Benchmarks.SignIns;
using Portal.Benchmarks.Soak;
using Portal.Benchmarks.Startup;
using Portal.Benchmarks.Toasts;
using Portal.Benchmarks.Webhooks;

namespace Portal.Benchmarks.Frame;

/// <summary>The verbs, and how one of them is run: probes, measurements against goals, a closing count.</summary>
internal static class Verbs
{
    private static readonly Verb[] All =
    [
        new("startup", "P1 first load of a page, P2 cold start  [--rounds N]", StartupVerb.RunAsync),
        new("lane", "group commit against one commit per unit of work  [--rounds N] [--callers N]", LaneVerb.RunAsync),
        new("mail", "e-mails through rows, pump and SMTP against a bare loop  [--rounds N] [--mails N] [--connections N]", MailVerb.RunAsync),
        new("soak", "R3 kills during event relay  [--kills N] [--seed N]", SoakVerb.RunAsync),
        new("inbox", "R3 kills between storing webhooks and handling them, then of the portal itself  [--kills N] [--portal-kills N] [--seed N]", InboxVerb.RunAsync),
        new("webhooks", "W1 webhooks taken against a bare check of the HMAC, R1 replays, R9 spoilt ones  [--only load|replays|spoilt] [--rounds N] [--connections N] [--requests N] [--replays N] [--spoilt N] [--seed N]", WebhooksVerb.RunAsync),
        new("hosts", "R3 two hosts behind a proxy, one of which is killed  [--seconds N]", HostsVerb.RunAsync),
        new("odd", "R9 malformed requests and hub messages  [--requests N] [--seed N] [--limits on] [--keep FILE]", OddVerb.RunAsync),
        new("signins", "R16 other pages during many sign-ins  [--rate N] [--pages N] [--seconds N]", SignInsVerb.RunAsync),
        new("mixed", "R15 memory over a mixed load  [--minutes N | --seconds N]", MixedVerb.RunAsync),
        new("seed", "fills a folder with a big agency, to look at and to measure  --data FOLDER [--clients N] [--events N]", SeedVerb.RunAsync, IsMeasured: false),
        new("lists", "Q1 lists, homes and search of a big agency, Q2 their far pages  [--clients N] [--events N] [--times N] [--data FOLDER]", ListsVerb.RunAsync),
        new("toasts", "from an event to its toast in a browser while many pages are open  [--circuits N] [--rounds N]", ToastsVerb.RunAsync),
        new("circuits", "B1 memory per circuit, B2 interactions per second, B3 many open circuits  [--rounds N] [--circuits N]", CircuitsVerb.RunAsync),
    ];

    public static async Task<int> RunAsync(string[] args)
    {
        if (Child(args) is { } child)
            return await child;
        if (All.FirstOrDefault(verb => args is [var name, ..] && verb.Name == name) is not { } chosen)
            return ShowAll(asked: args.Length > 0);

        var report = new Report(Console.Out);
        try
        {
            Probe(chosen, report);
            await chosen.RunAsync(Options.Parse(args[1..]), report);
            Probe(chosen, report);
        }
        catch (BenchmarkException problem)
        {
            report.Fail(chosen.Name, problem.Message);
        }

        return report.Close();
    }

    /// <summary>What a verb starts as a process of its own.</summary>
    private static Task<int>? Child(string[] args) => args switch
    {
        ["floor", .. var rest] => FloorApp.RunAsync(rest),
        [RelayChild.Verb, var file] => RelayChild.RunAsync(file),
        [InboxChild.Verb, var inbox] => InboxChild.RunAsync(inbox),
        [WebhookFloor.Verb] => WebhookFloor.RunAsync(),
        [MailChild.Verb, var mails, var port] => MailChild.RunAsync(mails, port),
        [MailSink.Verb, .. var where] => MailSink.RunAsync(where.FirstOrDefault(), isSafe: where is [_, MailSink.Safe]),
        _ => null,
    };

    private static void Probe(Verb verb, Report report)
    {
        if (verb.IsMeasured)
            report.Line(Probes.Take().ToString());
    }

    private static int ShowAll(bool asked)
    {
        foreach (var verb in All)
            Console.WriteLine($"{verb.Name,-10} {verb.Summary}");
        return asked ? 2 : 0;
    }
}
