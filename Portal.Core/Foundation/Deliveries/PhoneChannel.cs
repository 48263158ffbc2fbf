namespace Portal.Core.Foundation;

/// <summary>Ways to a telephone. Their names in lower case are those of the channels.</summary>
public enum PhoneChannel
{
    Sms,
    Whatsapp,
}
