namespace Portal.Core.Reactions.Notifications;

/// <summary>What is filled into a digest: one line for all the news about the same.</summary>
internal static class DigestValues
{
    public static Dictionary<string, object?> Of(IReadOnlyList<DigestItem> news, Role role)
    {
        TemplateItem[] items = [.. news.GroupBy(n => n.Subject).Select(same => Line(same.Last(), same.Count()))];
        return new() { ["items"] = items, ["count"] = items.Length, ["link"] = $"/dashboard/{Input.Name(role.ToString())}/notifications" };
    }

    private static TemplateItem Line(DigestItem last, int times) =>
        new(times > 1 ? $"{last.Title} ({times} times)" : last.Title, last.Text, last.Link, last.CreatedAt);
}
