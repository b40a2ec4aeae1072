/** What the network's own web server answers where it has nothing to serve. */
export const serverWords = {
  broken: 'something went wrong here',
  loopbackOnly: 'this server answers on loopback only',
  getOnly: 'only GET and HEAD',
  postOnly: 'only POST',
  comingUp: 'the network is still coming up',
  noBlob: 'no such blob',
  noFile: 'no such file',
  wantsJson: 'expected application/json',
  notJson: 'expected JSON',
  tooLarge: (bytes: number) => `at most ${bytes} bytes`,
};
