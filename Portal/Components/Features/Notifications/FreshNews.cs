using Portal.Components.Ui;
using Portal.Core.Reactions.Notifications;
using static Portal.Resources.Texts;

namespace Portal.Components.Features.Notifications;

/// <summary>
/// Says in toasts what has happened since the page was opened, each thing once. More than a few at once become one: the rest is in the bell.
/// </summary>
/// <param name="toasts">Where it is said.</param>
/// <param name="openedAt">What was raised before is no news.</param>
/// <param name="centre">Where all of it is.</param>
/// <param name="read">Done when someone goes where one leads.</param>
public sealed class FreshNews(ToastService toasts, DateTime openedAt, string centre, Func<long, Task> read)
{
    private const int Most = 3;
    private readonly HashSet<(long Id, DateTime At)> told = [];
    private readonly List<Toast> shown = [];

    public void Tell(Inbox inbox)
    {
        // One that was folded into a newer one about the same is told by that one.
        var fresh = inbox.Latest.Where(n => n.ReadAt is null && n.At >= openedAt && told.Add((n.Id, n.At))).Reverse().ToList();
        if (fresh.Count == 0)
            return;
        shown.RemoveAll(toast => !toasts.All.Contains(toast));
        if (shown.Count + fresh.Count <= Most)
        {
            shown.AddRange(fresh.Select(n => toasts.Tell(NoteLooks.Tone(n), NoteLooks.Icon(n), n.Title, n.Text, n.Link ?? centre, () => read(n.Id))));
            return;
        }

        shown.ForEach(toasts.Dismiss);
        shown.Clear();
        shown.Add(toasts.Tell("info", "bell", T("bell.several"), Count("bell.unread", inbox.Unread), centre));
    }
}
