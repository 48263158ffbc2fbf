using System.Globalization;
using System.Text;

namespace Portal.Core.Reactions.Notifications;

/// <summary>What a digest says.</summary>
internal static class DigestText
{
    public static (string Title, string Body) Write(PortalUser to, DigestEvery every, IReadOnlyList<DigestItem> news, MailLinks links)
    {
        var lines = news.GroupBy(n => n.Subject).Select(same => (Last: same.Last(), Times: same.Count())).ToList();
        var period = every switch
        {
            DigestEvery.Hour => "the last hour",
            DigestEvery.Day => "the last day",
            _ => "lately",
        };
        var body = new StringBuilder($"Hello {to.FullName},\n\nThis is what happened {(every is DigestEvery.Instant ? "" : "in ")}{period} and you have not read yet:\n");
        foreach (var (last, times) in lines)
        {
            body.Append(CultureInfo.InvariantCulture, $"\n• {last.Title}{(times > 1 ? $" ({times} times)" : "")}\n  {last.Text}\n");
            if (last.Link is { } link)
                body.Append(CultureInfo.InvariantCulture, $"  {links.Page(link)}\n");
        }

        body.Append(CultureInfo.InvariantCulture, $"\nHow often we write, and of what, is yours to choose: {links.Preferences(to.Role)}\n");
        return (lines.Count == 1 ? lines[0].Last.Title : $"{lines.Count} things you have not read yet", body.ToString());
    }
}
