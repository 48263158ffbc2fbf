using Portal.Components.Features.Notifications;
using Portal.Core.Reactions.Notifications;

namespace Portal.Tests.Components;

public sealed class NoteLooksTests
{
    [Theory]
    [InlineData("message_received", 1)] // "Tendai wrote 4 messages"
    [InlineData("content_posted", 4)]
    [InlineData("of_a_later_version", 4)]
    public void How_often_something_happened_is_said_once(string type, int said) =>
        Assert.Equal(said, NoteLooks.Times(new NotificationLine(1, type, NotificationCategory.Messages, "", "", null, 4, DateTime.UnixEpoch, null, null, false)));
}
