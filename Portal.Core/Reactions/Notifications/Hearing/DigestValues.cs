using System.Globalization;

namespace Portal.Core.Reactions.Notifications;

/// <summary>What is filled into a digest: one line for all the news about the same.</summary>
internal static class DigestValues
{
    public static Dictionary<string, object?> Of(IReadOnlyList<DigestItem> news, Role role)
    {
        TemplateItem[] items = [.. news.GroupBy(n => n.Subject).Select(same => Line(same.Last(), same.Count()))];
        var what = items is [var only] ? only.Title : string.Create(CultureInfo.InvariantCulture, $"{items.Length} things you have not read yet");
        return new() { ["items"] = items, ["what"] = what, ["link"] = $"/dashboard/{Input.Name(role.ToString())}/notifications" };
    }

    private static TemplateItem Line(DigestItem last, int times) =>
        new(times > 1 ? $"{last.Title} ({times} times)" : last.Title, last.Text, last.Link, last.CreatedAt);
}
